-- Written by the return functions.
select internal.attach_tenant_table('commerce.order_returns');
select internal.attach_state_machine('commerce.order_returns', 'status');
select internal.attach_currency_scale('commerce.order_returns', 'returned_amount', 'refund_amount');

create or replace trigger _500_derive_money
  after update of returned_amount on commerce.order_returns
  for each row execute function internal.tg__derive_money();

create policy select_member on commerce.order_returns for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_returns for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.order_returns');
select internal.grant_select('api.order_returns', '{commerce_buyer}', '{
  id, tenant_id, order_id, exchange_order_id, fulfillment_id, currency_code, returned_amount, refund_amount, return_date, approved_at, rejected_at,
  refunded_at, closed_at, return_number, status, reason, description, rejection_reason, refund_method,
  return_tracking_number, version, created_at, updated_at
}');
-- internal.check_money adds up every merchant's.
create policy select_system on commerce.order_returns for select to commerce_system
  using (true);
grant select (tenant_id, order_id, returned_amount) on commerce.order_returns to commerce_system;
