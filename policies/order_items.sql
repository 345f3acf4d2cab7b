-- Undo: select internal.detach_policies('commerce.order_items'); revoke all on api.sales_by_product from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge;
-- Every row of an order repeats its buyer and seller. Lines are written by the order functions only.
select internal.attach_tenant_policies('commerce.order_items');

create policy select_member on commerce.order_items for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_items for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

grant select (
  id, tenant_id, order_id, product_id, line_number, quantity, returned_quantity, unit_price,
  currency_code, subtotal, discount_amount, tax_amount, product_name, sku, metadata, created_at,
  updated_at
) on commerce.order_items, api.order_items to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select, insert, update, delete on commerce.order_items to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_items to commerce_purge;
grant select on api.order_items to commerce_definer;

revoke all on api.sales_by_product
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.sales_by_product to commerce_member, commerce_worker, commerce_platform;
