-- Undo: select internal.detach_policies('commerce.storefront');
-- Published, and given a domain, by functions.
select internal.attach_tenant_policies('commerce.storefront');

-- Everyone on the staff sees the shop.
create policy select_member on commerce.storefront for select to commerce_member
  using (true);

create policy update_member on commerce.storefront for update to commerce_member
  using ((select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

create policy select_buyer on commerce.storefront for select to commerce_buyer
  using (is_published);

create policy select_anonymous on commerce.storefront for select to commerce_anonymous
  using (is_published);

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
