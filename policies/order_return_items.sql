-- The staff's note is not for buyers.
select internal.attach_tenant_table('commerce.order_return_items');

create policy select_member on commerce.order_return_items for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_return_items for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.order_return_items');
select internal.grant_select('api.order_return_items', '{commerce_buyer}', '{
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note, created_at,
  updated_at, currency_code
}');
