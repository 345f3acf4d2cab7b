-- Undo: drop policy select_all on commerce.permission; revoke all on commerce.permission, api.permission from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.permission no force row level security; alter table commerce.permission disable row level security;
alter table commerce.permission enable row level security;
alter table commerce.permission force row level security;

-- Reference data: the same rows for everyone who may read it.
drop policy if exists select_all on commerce.permission;
create policy select_all on commerce.permission for select
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_system
  using (true);

revoke all on commerce.permission, api.permission
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  code, description
) on commerce.permission, api.permission to commerce_member, commerce_worker, commerce_platform;
grant select on commerce.permission to commerce_definer, commerce_system;
