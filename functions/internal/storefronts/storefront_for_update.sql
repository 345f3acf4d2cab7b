create or replace function internal.storefront_for_update(p_permission text, p_expected_version integer)
  returns commerce.storefront
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission(p_permission);
  v_storefront commerce.storefront;
begin
  select s.*
    into strict v_storefront
    from commerce.storefront as s
   where s.tenant_id = v_tenant_id
     for no key update;
  perform internal.require_version(p_expected_version, v_storefront.version, 'storefront', v_storefront.id);
  return v_storefront;
end
$$;

grant execute on function internal.storefront_for_update(text, integer) to commerce_definer;
comment on function internal.storefront_for_update(text, integer) is
  'Locks the tenant''s storefront, at the version that the caller read. SCPRM, SCVRQ, SCVER.';
