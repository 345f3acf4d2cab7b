-- Written by api.adjust_order.
select internal.attach_tenant_table('commerce.order_adjustment', p_is_append_only => true, p_is_audited => false);
select internal.attach_currency_scale('commerce.order_adjustment', 'amount');

create or replace trigger _500_derive_money
  after insert on commerce.order_adjustment
  for each row execute function internal.tg__derive_money();

create policy select_member on commerce.order_adjustment for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.order_adjustment for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- internal.check_money adds up every merchant's.
create policy select_system on commerce.order_adjustment for select to commerce_system
  using (true);

select internal.grant_select('api.order_adjustment');
select internal.grant_select('api.order_adjustment', '{commerce_buyer}', '{
  id, tenant_id, order_id, currency_code, amount, part, reason, created_at
}');
grant select on commerce.order_adjustment to commerce_system;
