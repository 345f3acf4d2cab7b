-- Roles and permissions are changed by functions, which guard the last owner and end sessions.
select internal.attach_tenant_table('commerce.team_members');

create or replace trigger _060_permissions
  before insert or update of permissions on commerce.team_members
  for each row execute function internal.tg_team_members__permissions();

create or replace trigger _500_sessions
  after insert or update or delete on commerce.team_members
  for each row execute function internal.tg_team_members__sessions();

-- At the end of the transaction, so that ownership can be handed over in two steps.
drop trigger if exists _510_last_owner on commerce.team_members;
create constraint trigger _510_last_owner
  after update of role, is_active or delete on commerce.team_members
  deferrable initially deferred
  for each row when (old.role = 'owner' and old.is_active)
  execute function internal.tg__last_owner('tenant_id');

create policy select_member on commerce.team_members for select to commerce_member
  using (
    ((select internal.has_permission('team.read')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('team.read')) or user_id = (select internal.user_id()))
  );

-- Sessions are opened with the permissions that a member has.
create policy select_system on commerce.team_members for select to commerce_system
  using (true);

select internal.grant_select('api.team_members');
grant select (tenant_id, user_id, is_active, role, permissions) on commerce.team_members to commerce_system;
