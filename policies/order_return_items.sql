-- Undo: select internal.detach_policies('commerce.order_return_items');
-- The staff's note is not for buyers.
select internal.attach_tenant_policies('commerce.order_return_items');

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

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  store_note, created_at, updated_at
) on commerce.order_return_items to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  store_note, created_at, updated_at
) on api.order_return_items to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  created_at, updated_at
) on api.order_return_items to commerce_buyer;
grant select, insert, update on commerce.order_return_items to commerce_definer;
grant select on api.order_return_items to commerce_definer;
