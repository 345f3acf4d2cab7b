-- Undo: drop policy tenant on commerce.storefront_drafts; drop policy all_definer on commerce.storefront_drafts; drop policy select_member on commerce.storefront_drafts; drop policy insert_member on commerce.storefront_drafts; drop policy update_member on commerce.storefront_drafts; drop policy select_worker on commerce.storefront_drafts; drop policy select_platform on commerce.storefront_drafts; revoke all on commerce.storefront_drafts, api.storefront_drafts from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.storefront_drafts no force row level security; alter table commerce.storefront_drafts disable row level security;
alter table commerce.storefront_drafts enable row level security;
alter table commerce.storefront_drafts force row level security;

drop policy if exists tenant on commerce.storefront_drafts;
create policy tenant on commerce.storefront_drafts as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront_drafts;
create policy all_definer on commerce.storefront_drafts for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.storefront_drafts;
create policy select_member on commerce.storefront_drafts for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

drop policy if exists insert_member on commerce.storefront_drafts;
create policy insert_member on commerce.storefront_drafts for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists update_member on commerce.storefront_drafts;
create policy update_member on commerce.storefront_drafts for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront_drafts;
create policy select_worker on commerce.storefront_drafts for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront_drafts;
create policy select_platform on commerce.storefront_drafts for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront_drafts, api.storefront_drafts
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
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
