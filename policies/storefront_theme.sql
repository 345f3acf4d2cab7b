-- Undo: drop policy tenant on commerce.storefront_theme; drop policy all_definer on commerce.storefront_theme; drop policy all_purge on commerce.storefront_theme; drop policy select_member on commerce.storefront_theme; drop policy insert_member on commerce.storefront_theme; drop policy update_member on commerce.storefront_theme; drop policy select_buyer on commerce.storefront_theme; drop policy select_anonymous on commerce.storefront_theme; drop policy select_worker on commerce.storefront_theme; drop policy select_platform on commerce.storefront_theme; revoke all on commerce.storefront_theme, api.storefront_theme from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.storefront_theme no force row level security; alter table commerce.storefront_theme disable row level security;
-- Themes of the platform are everybody's to read and nobody's to change.
alter table commerce.storefront_theme enable row level security;
alter table commerce.storefront_theme force row level security;

drop policy if exists tenant on commerce.storefront_theme;
create policy tenant on commerce.storefront_theme as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()) or tenant_id is null)
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.storefront_theme;
create policy all_definer on commerce.storefront_theme for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.storefront_theme;
create policy all_purge on commerce.storefront_theme for all to commerce_purge
  using (true) with check (true);

-- Everyone on the staff sees the themes to choose from.
drop policy if exists select_member on commerce.storefront_theme;
create policy select_member on commerce.storefront_theme for select to commerce_member
  using (true);

drop policy if exists insert_member on commerce.storefront_theme;
create policy insert_member on commerce.storefront_theme for insert to commerce_member
  with check ((select internal.has_permission('storefront.manage')));

drop policy if exists update_member on commerce.storefront_theme;
create policy update_member on commerce.storefront_theme for update to commerce_member
  using (tenant_id = (select internal.tenant_id()) and (select internal.has_permission('storefront.manage')))
  with check ((select internal.has_permission('storefront.manage')));

-- The storefront is rendered with them.
drop policy if exists select_buyer on commerce.storefront_theme;
create policy select_buyer on commerce.storefront_theme for select to commerce_buyer
  using (true);

-- As for buyers.
drop policy if exists select_anonymous on commerce.storefront_theme;
create policy select_anonymous on commerce.storefront_theme for select to commerce_anonymous
  using (true);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.storefront_theme;
create policy select_worker on commerce.storefront_theme for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.storefront_theme;
create policy select_platform on commerce.storefront_theme for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.storefront_theme, api.storefront_theme
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
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
