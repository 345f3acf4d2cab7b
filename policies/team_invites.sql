-- Undo: drop policy tenant on commerce.team_invites; drop policy all_definer on commerce.team_invites; drop policy select_member on commerce.team_invites; drop policy select_worker on commerce.team_invites; drop policy select_platform on commerce.team_invites; drop policy select_system on commerce.team_invites; revoke all on commerce.team_invites, api.team_invites from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.team_invites no force row level security; alter table commerce.team_invites disable row level security;
-- Written by the invitation functions, which show the token once.
alter table commerce.team_invites enable row level security;
alter table commerce.team_invites force row level security;

drop policy if exists tenant on commerce.team_invites;
create policy tenant on commerce.team_invites as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.team_invites;
create policy all_definer on commerce.team_invites for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.team_invites;
create policy select_member on commerce.team_invites for select to commerce_member
  using ((select internal.has_permission('team.read')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.team_invites;
create policy select_worker on commerce.team_invites for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.team_invites;
create policy select_platform on commerce.team_invites for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.team_invites;
create policy select_system on commerce.team_invites for select to commerce_system
  using (true);

revoke all on commerce.team_invites, api.team_invites
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  id, tenant_id, created_by, accepted_by, resent_count, expires_at, responded_at, email,
  phone_number, role, permissions, status, message, created_at, updated_at
) on commerce.team_invites, api.team_invites to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.team_invites to commerce_definer;
grant select on api.team_invites to commerce_definer;
grant select (tenant_id, status, expires_at) on commerce.team_invites to commerce_system;
