select internal.attach_tenant_table('commerce.storefront_drafts');

create or replace trigger _060_theme
  before insert or update of theme_id on commerce.storefront_drafts
  for each row execute function internal.tg__theme();

create policy select_member on commerce.storefront_drafts for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

create policy insert_member on commerce.storefront_drafts for insert to commerce_member
  with check ((select internal.must_have('storefront.manage')));

create policy update_member on commerce.storefront_drafts for update to commerce_member
  using ((select internal.must_have('storefront.manage')))
  with check ((select internal.must_have('storefront.manage')));

select internal.grant_select('api.storefront_drafts');
select internal.grant_write('api.storefront_drafts', '{commerce_member}', '{
  theme_id, expires_at, name, config
}', p_insert => '{storefront_id, base_version_id}', p_update => '{version}');
