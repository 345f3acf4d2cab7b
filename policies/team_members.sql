-- Undo: select internal.detach_policies('commerce.team_members');
-- Roles and permissions are changed by functions, which guard the last owner and end sessions.
select internal.attach_tenant_policies('commerce.team_members');

create policy select_member on commerce.team_members for select to commerce_member
  using (
    ((select internal.has_permission('team.read')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()))
  );

-- Sessions are opened with the permissions that a member has.
create policy select_system on commerce.team_members for select to commerce_system
  using (true);

grant select (
  id, tenant_id, user_id, invited_by, is_active, joined_at, deactivated_at, role, permissions,
  version, created_at, updated_at
) on commerce.team_members, api.team_members to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.team_members to commerce_definer;
grant select on api.team_members to commerce_definer;
grant select (
  tenant_id, user_id, is_active, role, permissions
) on commerce.team_members to commerce_system;
