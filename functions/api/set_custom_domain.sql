create or replace function api.set_custom_domain(p_custom_domain text, p_expected_version integer)
  returns api.storefront
  language plpgsql
  volatile
  security definer  -- lends: claiming a host name for this tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_storefront commerce.storefront := internal.storefront_for_update('settings.manage', p_expected_version);
  v_domain text := regexp_replace(nullif(lower(btrim(p_custom_domain)), ''), '[.]$', '');
begin
  -- No top-level domain begins with a digit, but the last part of every IPv4 address does.
  if v_domain !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$'
    or length(v_domain) > 253
  then
    perform internal.refuse_input('custom_domain', 'must be a host name, such as shop.example.com');
  end if;

  update commerce.storefront as s
     set custom_domain = v_domain, version = s.version
   where s.tenant_id = v_storefront.tenant_id and s.id = v_storefront.id;
  return internal.storefront_view();
end
$$;

alter function api.set_custom_domain(text, integer) owner to commerce_definer;
grant execute on function api.set_custom_domain(text, integer) to commerce_member;
comment on function api.set_custom_domain(text, integer) is
  'Claims a host name (the dot of a fully qualified one is left out) for the storefront in place of its former one, or gives up the former one (NULL). The host name does not lead to the storefront until the platform has verified it, and an unverified one is free again after 7 days. Needs settings.manage. SCPRM, SCVER, SCVRQ, SCDUP when another storefront or tenant has it, SCVAL.
@param custom_domain? {storefront.custom_domain}';
