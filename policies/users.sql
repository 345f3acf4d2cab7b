-- Undo: select internal.detach_policies('commerce.users');
-- People are written by functions and by themselves; e-mail address and login are the identity provider's.
select internal.attach_tenant_policies('commerce.users');

create policy select_member on commerce.users for select to commerce_member
  using (
    ((select internal.has_permission('team.read')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.read')) or id = (select internal.user_id()))
  );

create policy update_member on commerce.users for update to commerce_member
  using (
    ((select internal.has_permission('team.manage')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.manage')) or id = (select internal.user_id()))
  )
  with check ((select internal.has_permission('team.manage')) or id = (select internal.user_id()));

create policy select_buyer on commerce.users for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and id = (select internal.user_id())
  );

create policy update_buyer on commerce.users for update to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and id = (select internal.user_id())
  )
  with check (id = (select internal.user_id()));

-- Sessions are opened before a tenant is known, for whomever the identity provider names.
create policy select_system on commerce.users for select to commerce_system
  using (true);

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
