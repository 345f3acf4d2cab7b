create or replace function internal.require_permission(p_code text)
  returns uuid
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  if not internal.has_permission(p_code) then
    raise exception using
      errcode = 'SCPRM',
      message = 'permission missing',
      detail = json_build_object('permission', p_code)::text;
  end if;
  return v_tenant_id;
end
$$;

grant execute on function internal.require_permission(text) to commerce_definer, commerce_system;
comment on function internal.require_permission(text) is
  'The current session''s tenant, if the session holds the permission. SCTEN without a tenant, SCPRM without the permission.';
