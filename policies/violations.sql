-- Undo: drop policy tenant on commerce.violations; drop policy all_definer on commerce.violations; drop policy select_member on commerce.violations; drop policy select_buyer on commerce.violations; drop policy select_worker on commerce.violations; drop policy select_platform on commerce.violations; drop policy select_system on commerce.violations; revoke all on commerce.violations, api.violations from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.violations no force row level security; alter table commerce.violations disable row level security;
-- Issued and resolved by functions; whom one is about sees it without its details.
alter table commerce.violations enable row level security;
alter table commerce.violations force row level security;

drop policy if exists tenant on commerce.violations;
create policy tenant on commerce.violations as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.violations;
create policy all_definer on commerce.violations for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.violations;
create policy select_member on commerce.violations for select to commerce_member
  using ((select internal.has_permission('violations.manage')) or user_id = (select internal.user_id()));

drop policy if exists select_buyer on commerce.violations;
create policy select_buyer on commerce.violations for select to commerce_buyer
  using (user_id = (select internal.user_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.violations;
create policy select_worker on commerce.violations for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.violations;
create policy select_platform on commerce.violations for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.violations;
create policy select_system on commerce.violations for select to commerce_system
  using (true);

revoke all on commerce.violations, api.violations
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, user_id, complaint_id, issued_by, start_at, end_at, resolved_at, type, severity,
  action, status, reason, details, created_at, updated_at
) on commerce.violations to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, complaint_id, issued_by, start_at, end_at, resolved_at, type, severity,
  action, status, reason, details, created_at, updated_at
) on api.violations to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, start_at, end_at, resolved_at, type, severity, action, status, reason,
  created_at, updated_at
) on api.violations to commerce_buyer;
grant select, insert, update on commerce.violations to commerce_definer;
grant select on api.violations to commerce_definer;
grant select (tenant_id, status, end_at) on commerce.violations to commerce_system;
