-- Undo: drop policy tenant on commerce.users; drop policy all_definer on commerce.users; drop policy all_purge on commerce.users; drop policy select_member on commerce.users; drop policy update_member on commerce.users; drop policy select_buyer on commerce.users; drop policy update_buyer on commerce.users; drop policy select_worker on commerce.users; drop policy select_platform on commerce.users; drop policy select_system on commerce.users; revoke all on commerce.users, api.users from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.users no force row level security; alter table commerce.users disable row level security;
-- People are written by functions and by themselves; e-mail address and login are the identity provider's.
alter table commerce.users enable row level security;
alter table commerce.users force row level security;

drop policy if exists tenant on commerce.users;
create policy tenant on commerce.users as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.users;
create policy all_definer on commerce.users for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.users;
create policy all_purge on commerce.users for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.users;
create policy select_member on commerce.users for select to commerce_member
  using ((select internal.has_permission('team.read')) or id = (select internal.user_id()));

drop policy if exists update_member on commerce.users;
create policy update_member on commerce.users for update to commerce_member
  using ((select internal.has_permission('team.manage')) or id = (select internal.user_id()))
  with check ((select internal.has_permission('team.manage')) or id = (select internal.user_id()));

drop policy if exists select_buyer on commerce.users;
create policy select_buyer on commerce.users for select to commerce_buyer
  using (id = (select internal.user_id()));

drop policy if exists update_buyer on commerce.users;
create policy update_buyer on commerce.users for update to commerce_buyer
  using (id = (select internal.user_id()))
  with check (id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.users;
create policy select_worker on commerce.users for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.users;
create policy select_platform on commerce.users for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Sessions are opened before a tenant is known, for whomever the identity provider names.
drop policy if exists select_system on commerce.users;
create policy select_system on commerce.users for select to commerce_system
  using (true);

revoke all on commerce.users, api.users
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, is_seller, is_system_admin, last_seen_at, email, auth_subject, display_name,
  phone_number, locale, version, is_deleted, created_at, updated_at
) on commerce.users to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, is_seller, is_system_admin, last_seen_at, email, auth_subject, display_name,
  phone_number, locale, version, is_deleted, created_at, updated_at
) on api.users to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, email, display_name, phone_number, locale, version, is_deleted, created_at,
  updated_at
) on api.users to commerce_buyer;
grant update (
  display_name, phone_number, locale, version
) on commerce.users, api.users to commerce_member;
grant update (display_name, phone_number, locale, version) on commerce.users, api.users to commerce_buyer;
grant select, insert, update on commerce.users to commerce_definer;
grant select (tenant_id, id, version), delete on commerce.users to commerce_purge;
grant update (auth_subject, display_name, email, phone_number, version) on commerce.users to commerce_purge;
grant select on api.users to commerce_definer;
grant select (
  id, tenant_id, is_system_admin, auth_subject, is_deleted
) on commerce.users to commerce_system;
