-- Undo: drop policy select_all on commerce.role_permission; revoke all on commerce.role_permission, api.role_permission from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.role_permission no force row level security; alter table commerce.role_permission disable row level security;
alter table commerce.role_permission enable row level security;
alter table commerce.role_permission force row level security;

-- Reference data: the same rows for everyone who may read it.
drop policy if exists select_all on commerce.role_permission;
create policy select_all on commerce.role_permission for select
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system
  using (true);

revoke all on commerce.role_permission, api.role_permission
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  role, permission_code
) on commerce.role_permission, api.role_permission to commerce_member, commerce_worker, commerce_platform;
grant select on commerce.role_permission to commerce_definer, commerce_system;
