-- Undo: drop policy tenant on commerce.storefront_banner; drop policy all_definer on commerce.storefront_banner; drop policy all_purge on commerce.storefront_banner; drop policy select_member on commerce.storefront_banner; drop policy insert_member on commerce.storefront_banner; drop policy update_member on commerce.storefront_banner; drop policy select_buyer on commerce.storefront_banner; drop policy select_anonymous on commerce.storefront_banner; drop policy select_worker on commerce.storefront_banner; drop policy select_platform on commerce.storefront_banner; revoke all on commerce.storefront_banner, api.storefront_banner from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.storefront_banner no force row level security; alter table commerce.storefront_banner disable row level security;
alter table commerce.storefront_banner enable row level security;
alter table commerce.storefront_banner force row level security;

drop policy if exists tenant on commerce.storefront_banner;
create policy tenant on commerce.storefront_banner as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront_banner;
create policy all_definer on commerce.storefront_banner for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.storefront_banner;
create policy all_purge on commerce.storefront_banner for all to commerce_purge
  using (true) with check (true);

-- Everyone on the staff sees the shop.
drop policy if exists select_member on commerce.storefront_banner;
create policy select_member on commerce.storefront_banner for select to commerce_member
  using (true);

drop policy if exists insert_member on commerce.storefront_banner;
create policy insert_member on commerce.storefront_banner for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists update_member on commerce.storefront_banner;
create policy update_member on commerce.storefront_banner for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists select_buyer on commerce.storefront_banner;
create policy select_buyer on commerce.storefront_banner for select to commerce_buyer
  using (is_active);

drop policy if exists select_anonymous on commerce.storefront_banner;
create policy select_anonymous on commerce.storefront_banner for select to commerce_anonymous
  using (is_active);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront_banner;
create policy select_worker on commerce.storefront_banner for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront_banner;
create policy select_platform on commerce.storefront_banner for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront_banner, api.storefront_banner
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, is_deleted, created_at, updated_at
) on commerce.storefront_banner to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, is_deleted, created_at, updated_at
) on api.storefront_banner to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, is_deleted
) on api.storefront_banner to commerce_buyer, commerce_anonymous;
grant insert (
  storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type, placement, title,
  subtitle, link_url, locale
) on commerce.storefront_banner, api.storefront_banner to commerce_member;
grant update (
  asset_id, priority, is_active, starts_at, ends_at, banner_type, placement, title, subtitle,
  link_url, locale, is_deleted
) on commerce.storefront_banner, api.storefront_banner to commerce_member;
grant delete on api.storefront_banner to commerce_member;
grant select, insert, update on commerce.storefront_banner to commerce_definer;
grant select (tenant_id, id), delete on commerce.storefront_banner to commerce_purge;
grant select on api.storefront_banner to commerce_definer;
