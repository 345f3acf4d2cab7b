create or replace function internal.require_tenant()
  returns uuid
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.tenant_id();
begin
  if v_tenant_id is null then
    raise exception using
      errcode = 'SCTEN',
      message = 'no tenant in the session',
      hint = 'Begin the transaction with a session of the tenant.';
  end if;
  return v_tenant_id;
end
$$;

grant execute on function internal.require_tenant() to commerce_definer, commerce_system;
comment on function internal.require_tenant() is
  'The current session''s tenant. SCTEN when there is none, SCCTX when the session is refused.';
