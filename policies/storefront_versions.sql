-- Undo: drop policy tenant on commerce.storefront_versions; drop policy all_definer on commerce.storefront_versions; drop policy select_member on commerce.storefront_versions; drop policy select_buyer on commerce.storefront_versions; drop policy select_anonymous on commerce.storefront_versions; drop policy select_worker on commerce.storefront_versions; drop policy select_platform on commerce.storefront_versions; revoke all on commerce.storefront_versions, api.storefront_versions from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.storefront_versions no force row level security; alter table commerce.storefront_versions disable row level security;
-- Written by publishing, and only added to. Visitors see the one that is published.
alter table commerce.storefront_versions enable row level security;
alter table commerce.storefront_versions force row level security;

drop policy if exists tenant on commerce.storefront_versions;
create policy tenant on commerce.storefront_versions as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront_versions;
create policy all_definer on commerce.storefront_versions for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.storefront_versions;
create policy select_member on commerce.storefront_versions for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

drop policy if exists select_buyer on commerce.storefront_versions;
create policy select_buyer on commerce.storefront_versions for select to commerce_buyer
  using (id = (select internal.published_version_id()));

drop policy if exists select_anonymous on commerce.storefront_versions;
create policy select_anonymous on commerce.storefront_versions for select to commerce_anonymous
  using (id = (select internal.published_version_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront_versions;
create policy select_worker on commerce.storefront_versions for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront_versions;
create policy select_platform on commerce.storefront_versions for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront_versions, api.storefront_versions
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, storefront_id, theme_id, created_by, version_number, snapshot, change_summary,
  created_at
) on commerce.storefront_versions to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, storefront_id, theme_id, created_by, version_number, snapshot, change_summary,
  created_at
) on api.storefront_versions to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, storefront_id, theme_id, version_number, snapshot, created_at
) on api.storefront_versions to commerce_buyer, commerce_anonymous;
grant select, insert on commerce.storefront_versions to commerce_definer;
grant select on api.storefront_versions to commerce_definer;
