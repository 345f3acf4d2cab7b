-- Undo: select internal.detach_policies('commerce.storefront_theme');
-- Themes of the platform are everybody's to read and nobody's to change.
select internal.attach_tenant_policies('commerce.storefront_theme', p_shared => true);

-- Everyone on the staff sees the themes to choose from.
create policy select_member on commerce.storefront_theme for select to commerce_member
  using (true);

create policy insert_member on commerce.storefront_theme for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

create policy update_member on commerce.storefront_theme for update to commerce_member
  using (tenant_id = (select internal.tenant_id()) and (select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

-- The storefront is rendered with them.
create policy select_buyer on commerce.storefront_theme for select to commerce_buyer
  using (true);

-- As for buyers.
create policy select_anonymous on commerce.storefront_theme for select to commerce_anonymous
  using (true);

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, is_system, name, description, tokens, version, is_deleted, created_at, updated_at
) on commerce.storefront_theme to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, is_system, name, description, tokens, version, is_deleted, created_at, updated_at
) on api.storefront_theme to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, is_system, name, description, tokens, is_deleted
) on api.storefront_theme to commerce_buyer, commerce_anonymous;
grant insert (
  name, description, tokens
) on commerce.storefront_theme, api.storefront_theme to commerce_member;
grant update (
  name, description, tokens, version, is_deleted
) on commerce.storefront_theme, api.storefront_theme to commerce_member;
grant delete on api.storefront_theme to commerce_member;
grant select, insert, update on commerce.storefront_theme to commerce_definer;
grant select (tenant_id, id), delete on commerce.storefront_theme to commerce_purge;
grant select on api.storefront_theme to commerce_definer;
