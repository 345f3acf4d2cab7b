-- Written by the invitation functions, which show the token once.
select internal.attach_tenant_table('commerce.team_invites');
select internal.attach_lower_email('commerce.team_invites');
select internal.attach_state_machine('commerce.team_invites', 'status');

create or replace trigger _060_permissions
  before insert or update of permissions on commerce.team_invites
  for each row execute function internal.tg_team_members__permissions();

create policy select_member on commerce.team_invites for select to commerce_member
  using ((select internal.has_permission('team.read')));

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.team_invites for select to commerce_system
  using (true);

select internal.grant_select('api.team_invites');
grant select (tenant_id, status, expires_at) on commerce.team_invites to commerce_system;
