-- Undo: drop policy tenant on commerce.storefront_asset; drop policy all_definer on commerce.storefront_asset; drop policy all_purge on commerce.storefront_asset; drop policy select_member on commerce.storefront_asset; drop policy insert_member on commerce.storefront_asset; drop policy update_member on commerce.storefront_asset; drop policy select_buyer on commerce.storefront_asset; drop policy select_anonymous on commerce.storefront_asset; drop policy select_worker on commerce.storefront_asset; drop policy select_platform on commerce.storefront_asset; revoke all on commerce.storefront_asset, api.storefront_asset from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.storefront_asset no force row level security; alter table commerce.storefront_asset disable row level security;
alter table commerce.storefront_asset enable row level security;
alter table commerce.storefront_asset force row level security;

drop policy if exists tenant on commerce.storefront_asset;
create policy tenant on commerce.storefront_asset as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront_asset;
create policy all_definer on commerce.storefront_asset for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.storefront_asset;
create policy all_purge on commerce.storefront_asset for all to commerce_purge
  using (true) with check (true);

-- A private file, such as a proof of payment, is for those who work with orders or files.
drop policy if exists select_member on commerce.storefront_asset;
create policy select_member on commerce.storefront_asset for select to commerce_member
  using (
    not is_private
    or (select internal.has_permission('orders.read'))
    or (select internal.has_permission('storefront.manage'))
    or created_by = (select internal.user_id())
  );

drop policy if exists insert_member on commerce.storefront_asset;
create policy insert_member on commerce.storefront_asset for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists update_member on commerce.storefront_asset;
create policy update_member on commerce.storefront_asset for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists select_buyer on commerce.storefront_asset;
create policy select_buyer on commerce.storefront_asset for select to commerce_buyer
  using (not is_private or created_by = (select internal.user_id()));

drop policy if exists select_anonymous on commerce.storefront_asset;
create policy select_anonymous on commerce.storefront_asset for select to commerce_anonymous
  using (not is_private);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront_asset;
create policy select_worker on commerce.storefront_asset for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront_asset;
create policy select_platform on commerce.storefront_asset for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront_asset, api.storefront_asset
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, created_by, size_bytes, width, height, is_private, file_name, file_type, url,
  mime_type, sha256, alt_text, is_deleted, created_at, updated_at
) on commerce.storefront_asset to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, created_by, size_bytes, width, height, is_private, file_name, file_type, url,
  mime_type, sha256, alt_text, is_deleted, created_at, updated_at
) on api.storefront_asset to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, size_bytes, width, height, is_private, file_name, file_type, url, mime_type,
  alt_text, is_deleted, created_at
) on api.storefront_asset to commerce_buyer, commerce_anonymous;
grant insert (
  size_bytes, width, height, is_private, file_name, file_type, url, mime_type, sha256, alt_text
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant update (
  is_private, file_name, alt_text, is_deleted
) on commerce.storefront_asset, api.storefront_asset to commerce_member;
grant delete on api.storefront_asset to commerce_member;
grant select, insert, update on commerce.storefront_asset to commerce_definer;
grant select (tenant_id, id), delete on commerce.storefront_asset to commerce_purge;
grant select on api.storefront_asset to commerce_definer;
