-- Undo: select internal.detach_policies('commerce.violations');
-- Issued and resolved by functions; whom one is about sees it without its details.
select internal.attach_tenant_policies('commerce.violations');

create policy select_member on commerce.violations for select to commerce_member
  using (
    ((select internal.has_permission('violations.manage')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('violations.manage')) or user_id = (select internal.user_id()))
  );

create policy select_buyer on commerce.violations for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

-- internal.tenants_with_work looks into every tenant, and tells ids only.
create policy select_system on commerce.violations for select to commerce_system
  using (true);

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
