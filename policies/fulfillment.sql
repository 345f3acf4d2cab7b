-- Written by the functions of parcels.
select internal.attach_tenant_table('commerce.fulfillment');
select internal.attach_state_machine('commerce.fulfillment', 'status');

create policy select_member on commerce.fulfillment for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.fulfillment for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.fulfillment');
select internal.grant_select('api.fulfillment', '{commerce_buyer}', '{
  id, tenant_id, order_id, method, status, carrier, tracking_number, tracking_url, shipped_at, delivered_at, version,
  created_at, updated_at
}');
