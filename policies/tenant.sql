-- Undo: drop policy tenant on commerce.tenant; drop policy all_definer on commerce.tenant; drop policy select_member on commerce.tenant; drop policy update_member on commerce.tenant; drop policy select_buyer on commerce.tenant; drop policy select_anonymous on commerce.tenant; drop policy select_worker on commerce.tenant; drop policy select_platform on commerce.tenant; drop policy select_system on commerce.tenant; drop policy update_system on commerce.tenant; revoke all on commerce.tenant, api.tenant from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.tenant no force row level security; alter table commerce.tenant disable row level security;
-- Provisioned, suspended and closed by machines; its domain is claimed for it.
alter table commerce.tenant enable row level security;
alter table commerce.tenant force row level security;

drop policy if exists tenant on commerce.tenant;
create policy tenant on commerce.tenant as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (id = (select internal.tenant_id()))
  with check (id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.tenant;
create policy all_definer on commerce.tenant for all to commerce_definer
  using (true) with check (true);

-- Its own row: the policy above leaves no other.
drop policy if exists select_member on commerce.tenant;
create policy select_member on commerce.tenant for select to commerce_member
  using (true);

drop policy if exists update_member on commerce.tenant;
create policy update_member on commerce.tenant for update to commerce_member
  using ((select internal.has_permission('settings.manage')))
  with check ((select internal.has_permission('settings.manage')));

-- As members do, but fewer columns.
drop policy if exists select_buyer on commerce.tenant;
create policy select_buyer on commerce.tenant for select to commerce_buyer
  using (true);

-- As buyers do.
drop policy if exists select_anonymous on commerce.tenant;
create policy select_anonymous on commerce.tenant for select to commerce_anonymous
  using (true);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.tenant;
create policy select_worker on commerce.tenant for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.tenant;
create policy select_platform on commerce.tenant for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Sessions are opened, and a person's tenants listed, before one is chosen.
drop policy if exists select_system on commerce.tenant;
create policy select_system on commerce.tenant for select to commerce_system
  using (true);

-- The rule of the last owner takes its lock by writing created_at onto itself.
drop policy if exists update_system on commerce.tenant;
create policy update_system on commerce.tenant for update to commerce_system
  using (true) with check (true);

revoke all on commerce.tenant, api.tenant
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, default_currency, country_code, is_active, suspended_at, closed_at, name, domain,
  subscription_tier, status, default_language, timezone, email, phone_number, settings, version,
  created_at, updated_at
) on commerce.tenant to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, default_currency, country_code, is_active, suspended_at, closed_at, name, domain,
  subscription_tier, status, default_language, timezone, email, phone_number, settings, version,
  created_at, updated_at
) on api.tenant to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, default_currency, name, domain, default_language, timezone
) on api.tenant to commerce_buyer, commerce_anonymous;
grant update (
  default_currency, country_code, name, default_language, timezone, email, phone_number, settings,
  version
) on commerce.tenant, api.tenant to commerce_member;
grant select, insert, update on commerce.tenant to commerce_definer;
grant select on api.tenant to commerce_definer;
grant select (id, is_active, created_at, name, status) on commerce.tenant to commerce_system;
grant update (created_at) on commerce.tenant to commerce_system;
