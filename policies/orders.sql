-- Status, lines and amounts move by the order functions, which also move the stock; plain edits are the
-- merchant's own fields.
select internal.attach_tenant_table('commerce.orders');
select internal.attach_state_machine('commerce.orders', 'status');
select internal.attach_state_machine('commerce.orders', 'fulfillment_status');
select internal.attach_currency_scale(
  'commerce.orders', 'subtotal_amount', 'discount_amount', 'shipping_amount', 'fee_amount', 'tax_amount',
  'shipping_tax_amount', 'fee_tax_amount',
  'adjustment_amount', 'returned_amount', 'discount_sum', 'discount_basis', 'paid_amount', 'refunded_amount');

-- How far an order is paid follows what it is worth; nobody pays for a draft.
create or replace trigger _500_derive_money
  after update on commerce.orders
  for each row
  when (old.worth_amount <> new.worth_amount and old.status <> 'draft')
  execute function internal.tg_orders__derive_money();

create or replace trigger _500_status_history
  after insert or update of status, payment_status, fulfillment_status on commerce.orders
  for each row execute function internal.tg_orders__status_history();

create or replace trigger _800_monthly_limit
  after update of status on commerce.orders
  for each row
  when (old.status = 'draft' and new.status <> 'draft')
  execute function internal.tg__monthly_limit('orders_per_month', 'orders', 'status <> ''draft'' and placed_at >= $2');

create or replace trigger _810_monthly_limit_insert
  after insert on commerce.orders
  for each row
  when (new.status <> 'draft')
  execute function internal.tg__monthly_limit('orders_per_month', 'orders', 'status <> ''draft'' and placed_at >= $2');

create policy select_member on commerce.orders for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy update_member on commerce.orders for update to commerce_member
  using ((select internal.must_have('orders.manage')))
  with check ((select internal.must_have('orders.manage')));

create policy select_buyer on commerce.orders for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.orders for select to commerce_system
  using (true);

select internal.grant_select('api.orders');
select internal.grant_select('api.orders', '{commerce_buyer}', '{
  id, tenant_id, product_id, seller_id, customer_id, thread_id, currency_code, subtotal_amount,
  discount_amount, shipping_amount, fee_amount, tax_amount, shipping_tax_rate, shipping_tax_amount, fee_tax_amount,
  prices_include_tax, total_amount, adjustment_amount, returned_amount, discount_code,
  discount_sum, discount_basis, discount_rate, worth_amount, paid_amount,
  refunded_amount, due_amount, placed_at,
  confirmed_at, shipped_at, delivered_at, cancelled_at, returned_at, order_number, order_serial, channel, status,
  payment_status, fulfillment_status, buyer_name, buyer_phone, buyer_email, buyer_note, carrier,
  tracking_number, cancellation_reason, version, is_deleted, created_at, updated_at,
  listed_at, is_open, line_count
}');
grant update (metadata, version, is_deleted) on commerce.orders, api.orders to commerce_member;
grant delete on api.orders to commerce_member;
-- list_orders states the tenant itself, and whose orders the caller sees.
grant select (
  id, tenant_id, customer_id, seller_id, channel, order_number, buyer_name, buyer_phone, listed_at, currency_code, status, payment_status, total_amount, adjustment_amount, returned_amount,
  worth_amount, paid_amount, refunded_amount, due_amount, placed_at, is_deleted
)
  on commerce.orders to commerce_system;

grant select on api.orders_open to commerce_member, commerce_worker, commerce_platform;
