create or replace function api.unpublish_storefront(p_expected_version integer)
  returns api.storefront
  language plpgsql
  volatile
  security definer  -- lends: writing whether the storefront is published
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_storefront commerce.storefront := internal.storefront_for_update('storefront.publish', p_expected_version);
begin
  if not v_storefront.is_published then
    raise exception using
      errcode = 'SCTRN',
      message = 'the storefront is not published',
      detail = json_build_object('machine', 'storefront.is_published', 'from', false, 'to', false)::text;
  end if;

  update commerce.storefront as s
     set is_published = false, version = s.version
   where s.tenant_id = v_storefront.tenant_id and s.id = v_storefront.id;
  return internal.storefront_view();
end
$$;

alter function api.unpublish_storefront(integer) owner to commerce_definer;
grant execute on function api.unpublish_storefront(integer) to commerce_member;
comment on function api.unpublish_storefront(integer) is
  'Hides the storefront from visitors; its versions stay. Needs storefront.publish. SCPRM, SCVER, SCVRQ, SCTRN when it is not published.';
