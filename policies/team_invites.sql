-- Undo: select internal.detach_policies('commerce.team_invites');
-- Written by the invitation functions, which show the token once.
select internal.attach_tenant_policies('commerce.team_invites');

create policy select_member on commerce.team_invites for select to commerce_member
  using ((select internal.has_permission('team.read')));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
create policy select_system on commerce.team_invites for select to commerce_system
  using (true);

grant select (
  id, tenant_id, created_by, accepted_by, resent_count, expires_at, responded_at, email,
  phone_number, role, permissions, status, message, created_at, updated_at
) on commerce.team_invites, api.team_invites to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.team_invites to commerce_definer;
grant select on api.team_invites to commerce_definer;
grant select (tenant_id, status, expires_at) on commerce.team_invites to commerce_system;
