create or replace function api.rollback_storefront(p_version_id uuid, p_expected_version integer)
  returns api.storefront_versions
  language plpgsql
  volatile
  security definer  -- lends: writing versions and which one is published
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_storefront commerce.storefront := internal.storefront_for_update('storefront.publish', p_expected_version);
  v_former commerce.storefront_versions;
begin
  select v.*
    into v_former
    from commerce.storefront_versions as v
   where v.tenant_id = v_storefront.tenant_id and v.storefront_id = v_storefront.id and v.id = p_version_id;
  if not found then
    perform internal.refuse_missing('version_id');
  end if;
  return internal.publish_version(
    v_storefront, v_former.theme_id, v_former.snapshot, format('As version %s', v_former.version_number));
end
$$;

alter function api.rollback_storefront(uuid, integer) owner to commerce_definer;
grant execute on function api.rollback_storefront(uuid, integer) to commerce_member;
comment on function api.rollback_storefront(uuid, integer) is
  'Publishes a new version that is equal to a former version. expected_version is the storefront''s. Needs storefront.publish. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL when its theme has been deleted.';
