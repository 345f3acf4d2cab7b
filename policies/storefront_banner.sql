-- Undo: select internal.detach_policies('commerce.storefront_banner');
select internal.attach_tenant_policies('commerce.storefront_banner');

-- Everyone on the staff sees the shop.
create policy select_member on commerce.storefront_banner for select to commerce_member
  using (true);

create policy insert_member on commerce.storefront_banner for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

create policy update_member on commerce.storefront_banner for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

create policy select_buyer on commerce.storefront_banner for select to commerce_buyer
  using (is_active);

create policy select_anonymous on commerce.storefront_banner for select to commerce_anonymous
  using (is_active);

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, version, is_deleted, created_at, updated_at
) on commerce.storefront_banner to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, storefront_id, asset_id, priority, is_active, starts_at, ends_at, banner_type,
  placement, title, subtitle, link_url, locale, version, is_deleted, created_at, updated_at
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
  link_url, locale, version, is_deleted
) on commerce.storefront_banner, api.storefront_banner to commerce_member;
grant delete on api.storefront_banner to commerce_member;
grant select, insert, update on commerce.storefront_banner to commerce_definer;
grant select (tenant_id, id), delete on commerce.storefront_banner to commerce_purge;
grant select on api.storefront_banner to commerce_definer;
