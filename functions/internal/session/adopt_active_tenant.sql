create or replace function internal.adopt_active_tenant(p_tenant_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.adopt_tenant(p_tenant_id);
  if not exists (
    select from commerce.tenant as t where t.id = p_tenant_id and t.is_active and t.status in ('active', 'closing')
  ) then
    raise exception using errcode = 'SCTEN', message = 'the tenant is not active';
  end if;
end
$$;

grant execute on function internal.adopt_active_tenant(uuid) to commerce_definer;
comment on function internal.adopt_active_tenant(uuid) is
  'As internal.adopt_tenant, for operations that are refused while a merchant is suspended or closed (SCTEN).';
