-- Undo: select internal.detach_policies('commerce.storefront_versions');
-- Written by publishing, and only added to. Visitors see the one that is published.
select internal.attach_tenant_policies('commerce.storefront_versions');

create policy select_member on commerce.storefront_versions for select to commerce_member
  using ((select internal.has_permission('storefront.manage')));

create policy select_buyer on commerce.storefront_versions for select to commerce_buyer
  using (
    (select internal.gate(internal.published_version_id()))[id_hash]
    and id = (select internal.published_version_id())
  );

create policy select_anonymous on commerce.storefront_versions for select to commerce_anonymous
  using (
    (select internal.gate(internal.published_version_id()))[id_hash]
    and id = (select internal.published_version_id())
  );

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
