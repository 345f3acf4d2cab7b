-- Whose order it is: see policies/order_items.sql. The staff's note is not for buyers.
select internal.attach_tenant_table('commerce.order_return_items');

create policy select_member on commerce.order_return_items for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

create policy select_buyer on commerce.order_return_items for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

select internal.grant_select('api.order_return_items');
select internal.grant_select('api.order_return_items', '{commerce_buyer}', '{
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note, created_at,
  updated_at
}');
