-- Written by api.set_order_fee.
select internal.attach_tenant_table('commerce.order_charge');
select internal.attach_currency_scale('commerce.order_charge', 'amount', 'tax_amount');

create policy select_member on commerce.order_charge for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_charge for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

select internal.grant_select('api.order_charge');
select internal.grant_select('api.order_charge', '{commerce_buyer}', '{
  id, tenant_id, order_id, currency_code, amount, tax_rate, tax_amount, kind, created_at, updated_at
}');
grant delete on commerce.order_charge to commerce_definer;
