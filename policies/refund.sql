-- Whose order it is: see policies/order_items.sql. Written by the refund functions.
select internal.attach_tenant_table('commerce.refund');
select internal.attach_state_machine('commerce.refund', 'status');

create or replace trigger _500_order_payment
  after insert or update of status, amount on commerce.refund
  for each row execute function internal.tg__order_payment();

select internal.attach_currency_scale('commerce.refund', 'amount');

create policy select_member on commerce.refund for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

create policy select_buyer on commerce.refund for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Providers' webhooks name a row before a tenant is known.
create policy select_system on commerce.refund for select to commerce_system
  using (true);

select internal.grant_select('api.refund');
select internal.grant_select('api.refund', '{commerce_buyer}', '{
  id, tenant_id, order_id, payment_id, order_return_id, currency_code, amount, completed_at, status,
  method, reason, created_at, updated_at
}');
grant select (id, tenant_id) on commerce.refund to commerce_system;
