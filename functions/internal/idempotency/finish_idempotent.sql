create or replace function internal.finish_idempotent(
  p_operation text,
  p_key text,
  p_result jsonb,
  p_tenant_id uuid default internal.tenant_id()
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  update internal.idempotency_key as k
     set result = p_result
   where k.tenant_key = coalesce(p_tenant_id, '00000000-0000-0000-0000-000000000000')
     and k.operation = p_operation
     and k.key = p_key;
end
$$;

grant execute on function internal.finish_idempotent(text, text, jsonb, uuid) to commerce_definer;
comment on function internal.finish_idempotent(text, text, jsonb, uuid) is
  'Stores the result of the call that internal.begin_idempotent let through.';
