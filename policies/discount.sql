-- A discount's terms stay as they were given, as orders of the past follow them.
select internal.attach_tenant_table('commerce.discount');
select internal.attach_currency_scale('commerce.discount', 'amount', 'minimum_amount');

create policy select_member on commerce.discount for select to commerce_member
  using ((select internal.has_permission('orders.read')));

create policy insert_member on commerce.discount for insert to commerce_member
  with check ((select internal.must_have('orders.manage')));

create policy update_member on commerce.discount for update to commerce_member
  using ((select internal.must_have('orders.manage')))
  with check ((select internal.must_have('orders.manage')));

select internal.grant_select('api.discount');
grant insert (
  seller_id, product_id, currency_code, amount, rate, minimum_amount, max_uses, max_uses_per_customer, is_active,
  starts_at, ends_at, code
) on commerce.discount, api.discount to commerce_member;
grant update (max_uses, max_uses_per_customer, is_active, starts_at, ends_at, version, is_deleted)
  on commerce.discount, api.discount to commerce_member;
grant delete on api.discount to commerce_member;
