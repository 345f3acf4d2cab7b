-- Undo: select internal.detach_policies('commerce.storefront_drafts');
select internal.attach_tenant_policies('commerce.storefront_drafts');

create policy select_member on commerce.storefront_drafts for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

create policy insert_member on commerce.storefront_drafts for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

create policy update_member on commerce.storefront_drafts for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

grant select (
  id, tenant_id, storefront_id, base_version_id, theme_id, created_by, expires_at, name, config,
  version, created_at, updated_at
) on commerce.storefront_drafts, api.storefront_drafts to commerce_member, commerce_worker, commerce_platform;
grant insert (
  storefront_id, base_version_id, theme_id, expires_at, name, config
) on commerce.storefront_drafts, api.storefront_drafts to commerce_member;
grant update (
  theme_id, expires_at, name, config, version
) on commerce.storefront_drafts, api.storefront_drafts to commerce_member;
grant select, insert, update on commerce.storefront_drafts to commerce_definer;
grant select on api.storefront_drafts to commerce_definer;
