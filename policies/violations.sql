-- Issued and resolved by functions; the person that one is about sees it without its details.
select internal.attach_tenant_table('commerce.violations');
select internal.attach_state_machine('commerce.violations', 'status');

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

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.violations for select to commerce_system
  using (true);

select internal.grant_select('api.violations');
select internal.grant_select('api.violations', '{commerce_buyer}', '{
  id, tenant_id, user_id, start_at, end_at, resolved_at, type, severity, action, status, reason,
  created_at, updated_at
}');
grant select (tenant_id, status, end_at) on commerce.violations to commerce_system;
