-- Undo: select internal.detach_policies('commerce.complaints');
-- Filed, escalated and resolved by functions.
select internal.attach_tenant_policies('commerce.complaints');

create policy select_member on commerce.complaints for select to commerce_member
  using (
    ((select internal.has_permission('complaints.manage')) or (select internal.gate(internal.user_id()))[user_hash])
    and ((select internal.has_permission('complaints.manage')) or user_id = (select internal.user_id()))
  );

create policy select_buyer on commerce.complaints for select to commerce_buyer
  using (
    (select internal.gate(internal.user_id()))[user_hash]
    and user_id = (select internal.user_id())
  );

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, assigned_member_id, resolved_at, type,
  status, tier, description, resolution, escalation_reason, version, created_at, updated_at
) on commerce.complaints to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, assigned_member_id, resolved_at, type,
  status, tier, description, resolution, escalation_reason, version, created_at, updated_at
) on api.complaints to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, user_id, order_id, product_id, thread_id, resolved_at, type, status, description,
  resolution, version, created_at, updated_at
) on api.complaints to commerce_buyer;
grant select, insert, update on commerce.complaints to commerce_definer;
grant select on api.complaints to commerce_definer;
