-- Whose order it is: see policies/order_items.sql. Written by the return functions.
select internal.attach_tenant_table('commerce.order_returns');
select internal.attach_state_machine('commerce.order_returns', 'status');
select internal.attach_currency_scale('commerce.order_returns', 'refund_amount');

create policy select_member on commerce.order_returns for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

create policy select_buyer on commerce.order_returns for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

select internal.grant_select('api.order_returns');
select internal.grant_select('api.order_returns', '{commerce_buyer}', '{
  id, tenant_id, order_id, currency_code, refund_amount, return_date, approved_at, rejected_at,
  refunded_at, closed_at, return_number, status, reason, description, rejection_reason, refund_method,
  return_tracking_number, version, created_at, updated_at
}');
