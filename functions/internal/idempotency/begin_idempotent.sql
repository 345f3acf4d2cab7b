create or replace function internal.begin_idempotent(
  p_operation text,
  p_key text,
  p_request jsonb,
  p_tenant_id uuid default internal.tenant_id()
)
  returns jsonb
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_hash bytea := sha256(convert_to(p_request::text, 'UTF8'));
  v_stored internal.idempotency_key;
begin
  if p_key is null or length(p_key) not between 1 and 255 then
    raise exception using
      errcode = 'SCVAL',
      message = 'idempotency_key must have 1 to 255 characters',
      detail = json_build_object('field', 'idempotency_key')::text;
  end if;

  -- A concurrent call with the same key waits here until the first has committed or rolled back.
  insert into internal.idempotency_key (tenant_id, operation, key, request_hash)
  values (p_tenant_id, p_operation, p_key, v_hash)
  on conflict do nothing;
  if found then
    return null;
  end if;

  select k.*
    into strict v_stored
    from internal.idempotency_key as k
   where k.tenant_key = coalesce(p_tenant_id, '00000000-0000-0000-0000-000000000000')
     and k.operation = p_operation
     and k.key = p_key;
  if v_stored.request_hash <> v_hash then
    raise exception using
      errcode = 'SCIDM',
      message = 'idempotency_key was used with another request',
      hint = 'Use a new key for a new request.';
  end if;
  return v_stored.result;
end
$$;

grant execute on function internal.begin_idempotent(text, text, jsonb, uuid) to commerce_definer;
comment on function internal.begin_idempotent(text, text, jsonb, uuid) is
  'NULL when this key is new: do the work, then call internal.finish_idempotent. Otherwise the stored result of the first call. SCIDM when the key came with another request, SCVAL when it is missing or too long.';
