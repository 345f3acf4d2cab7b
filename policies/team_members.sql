-- Undo: drop policy tenant on commerce.team_members; drop policy all_definer on commerce.team_members; drop policy select_member on commerce.team_members; drop policy select_worker on commerce.team_members; drop policy select_platform on commerce.team_members; drop policy select_system on commerce.team_members; revoke all on commerce.team_members, api.team_members from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.team_members no force row level security; alter table commerce.team_members disable row level security;
-- Roles and permissions are changed by functions, which guard the last owner and end sessions.
alter table commerce.team_members enable row level security;
alter table commerce.team_members force row level security;

drop policy if exists tenant on commerce.team_members;
create policy tenant on commerce.team_members as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.team_members;
create policy all_definer on commerce.team_members for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.team_members;
create policy select_member on commerce.team_members for select to commerce_member
  using ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.team_members;
create policy select_worker on commerce.team_members for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.team_members;
create policy select_platform on commerce.team_members for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Sessions are opened with the permissions that a member has.
drop policy if exists select_system on commerce.team_members;
create policy select_system on commerce.team_members for select to commerce_system
  using (true);

revoke all on commerce.team_members, api.team_members
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  id, tenant_id, user_id, invited_by, is_active, joined_at, deactivated_at, role, permissions,
  version, created_at, updated_at
) on commerce.team_members, api.team_members to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.team_members to commerce_definer;
grant select on api.team_members to commerce_definer;
grant select (
  tenant_id, user_id, is_active, role, permissions
) on commerce.team_members to commerce_system;
