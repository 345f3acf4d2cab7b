-- Undo: drop policy tenant on commerce.storefront; drop policy all_definer on commerce.storefront; drop policy select_member on commerce.storefront; drop policy update_member on commerce.storefront; drop policy select_buyer on commerce.storefront; drop policy select_anonymous on commerce.storefront; drop policy select_worker on commerce.storefront; drop policy select_platform on commerce.storefront; revoke all on commerce.storefront, api.storefront from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.storefront no force row level security; alter table commerce.storefront disable row level security;
-- Published, and given a domain, by functions.
alter table commerce.storefront enable row level security;
alter table commerce.storefront force row level security;

drop policy if exists tenant on commerce.storefront;
create policy tenant on commerce.storefront as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront;
create policy all_definer on commerce.storefront for all to commerce_definer
  using (true) with check (true);

-- Everyone on the staff sees the shop.
drop policy if exists select_member on commerce.storefront;
create policy select_member on commerce.storefront for select to commerce_member
  using (true);

drop policy if exists update_member on commerce.storefront;
create policy update_member on commerce.storefront for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists select_buyer on commerce.storefront;
create policy select_buyer on commerce.storefront for select to commerce_buyer
  using (is_published);

drop policy if exists select_anonymous on commerce.storefront;
create policy select_anonymous on commerce.storefront for select to commerce_anonymous
  using (is_published);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront;
create policy select_worker on commerce.storefront for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront;
create policy select_platform on commerce.storefront for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront, api.storefront
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, theme_id, published_version_id, published_by, is_published, domain_verified_at,
  published_at, custom_domain, meta_title, meta_description, config, version, created_at, updated_at
) on commerce.storefront to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, theme_id, published_version_id, published_by, is_published, domain_verified_at,
  published_at, custom_domain, meta_title, meta_description, config, version, created_at, updated_at
) on api.storefront to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, theme_id, published_version_id, is_published, published_at, custom_domain,
  meta_title, meta_description, config
) on api.storefront to commerce_buyer, commerce_anonymous;
grant update (
  theme_id, meta_title, meta_description, config, version
) on commerce.storefront, api.storefront to commerce_member;
grant select, insert, update on commerce.storefront to commerce_definer;
grant select on api.storefront to commerce_definer;
