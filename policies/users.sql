-- People are written by functions and by themselves; e-mail address and login are the identity provider's.
select internal.attach_tenant_table('commerce.users');
select internal.attach_lower_email('commerce.users');

create or replace trigger _500_login_subject
  after insert or update of auth_subject, is_deleted or delete on commerce.users
  for each row execute function internal.tg_users__login_subject();

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

select internal.grant_select('api.users');
select internal.grant_select('api.users', '{commerce_buyer}', '{
  id, tenant_id, email, display_name, phone_number, locale, version, is_deleted, created_at,
  updated_at
}');
grant update (display_name, phone_number, locale, version) on commerce.users, api.users to commerce_member, commerce_buyer;
grant select (id, tenant_id, is_system_admin, auth_subject, is_deleted) on commerce.users to commerce_system;
