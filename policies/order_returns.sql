-- Written by the return functions.
select internal.attach_tenant_table('commerce.order_returns');
select internal.attach_state_machine('commerce.order_returns', 'status');
select internal.attach_currency_scale('commerce.order_returns', 'refund_amount');

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
  id, tenant_id, order_id, currency_code, refund_amount, return_date, approved_at, rejected_at,
  refunded_at, closed_at, return_number, status, reason, description, rejection_reason, refund_method,
  return_tracking_number, version, created_at, updated_at
}');
