-- Undo: select internal.detach_policies('commerce.tenant');
-- Provisioned, suspended and closed by machines; its domain is claimed for it.
select internal.attach_tenant_policies('commerce.tenant');

-- Its own row: the policy above leaves no other.
create policy select_member on commerce.tenant for select to commerce_member
  using (true);

create policy update_member on commerce.tenant for update to commerce_member
  using ((select internal.has_permission('settings.manage')))
  with check ((select internal.has_permission('settings.manage')));

-- As members do, but fewer columns.
create policy select_buyer on commerce.tenant for select to commerce_buyer
  using (true);

-- As buyers do.
create policy select_anonymous on commerce.tenant for select to commerce_anonymous
  using (true);

-- Sessions are opened, and a person's tenants listed, before one is chosen.
create policy select_system on commerce.tenant for select to commerce_system
  using (true);

-- The rule of the last owner takes its lock by writing created_at onto itself.
create policy update_system on commerce.tenant for update to commerce_system
  using (true) with check (true);

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
grant select (id, is_active, suspended_at, created_at, name, status) on commerce.tenant to commerce_system;
grant update (created_at) on commerce.tenant to commerce_system;
