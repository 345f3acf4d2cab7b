-- Filed, escalated and resolved by functions.
select internal.attach_tenant_table('commerce.complaints');
select internal.attach_state_machine('commerce.complaints', 'status');

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

select internal.grant_select('api.complaints');
select internal.grant_select('api.complaints', '{commerce_buyer}', '{
  id, tenant_id, user_id, order_id, product_id, thread_id, resolved_at, type, status, description,
  resolution, version, created_at, updated_at
}');
