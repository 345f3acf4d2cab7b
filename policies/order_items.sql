-- Every row of an order repeats its buyer and seller. Lines are written by the order functions only.
select internal.attach_tenant_table('commerce.order_items');
select internal.attach_currency_scale('commerce.order_items', 'unit_price', 'discount_amount', 'tax_amount');

-- What left and what came back is left out: it is of lines that are as they were agreed.
create or replace trigger _300_frozen
  before delete or update of
    order_id, product_id, line_number, quantity, unit_price, currency_code, discount_amount, tax_rate, tax_amount,
    product_name, sku, metadata
  on commerce.order_items
  for each row execute function internal.tg_order_items__frozen();

create or replace trigger _400_added
  after insert on commerce.order_items
  referencing new table as changed_rows
  for each statement execute function internal.tg_order_items__added();

-- No column list: PostgreSQL does not combine one with transition tables.
create or replace trigger _500_totals_insert
  after insert on commerce.order_items
  referencing new table as changed_rows
  for each statement execute function internal.tg_order_items__totals();

create or replace trigger _500_totals_update
  after update on commerce.order_items
  referencing new table as changed_rows
  for each statement execute function internal.tg_order_items__totals();

create or replace trigger _500_totals_delete
  after delete on commerce.order_items
  referencing old table as changed_rows
  for each statement execute function internal.tg_order_items__totals();

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

select internal.grant_select('api.order_items');
select internal.grant_select('api.order_items', '{commerce_buyer}', '{
  id, tenant_id, order_id, product_id, line_number, quantity, shipped_quantity, returned_quantity, unit_price,
  currency_code, subtotal, discount_amount, tax_rate, tax_amount, product_name, sku, metadata, created_at,
  updated_at
}');
grant delete on commerce.order_items to commerce_definer;

grant select on api.sales_by_product to commerce_member, commerce_worker, commerce_platform;
