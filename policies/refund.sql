-- Written by the refund functions.
select internal.attach_tenant_table('commerce.refund');
select internal.attach_state_machine('commerce.refund', 'status');

select internal.attach_currency_scale('commerce.refund', 'amount');

create policy select_member on commerce.refund for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.refund for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- Providers' webhooks name a row before a tenant is known.
create policy select_system on commerce.refund for select to commerce_system
  using (true);

select internal.grant_select('api.refund');
select internal.grant_select('api.refund', '{commerce_buyer}', '{
  id, tenant_id, order_id, payment_id, order_return_id, currency_code, amount, completed_at, status,
  method, part, reason, created_at, updated_at
}');
grant select (id, tenant_id, payment_id, order_id, currency_code, amount, status, method) on commerce.refund to commerce_system;
