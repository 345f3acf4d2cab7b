-- Written by the payment functions.
select internal.attach_tenant_table('commerce.payment');

-- One that is made with its money, by store credit or staff, has its events within the same call.
create or replace trigger _500_derive_money
  after insert on commerce.payment
  for each row
  when (new.status = 'pending')
  execute function internal.tg__derive_money();

select internal.attach_currency_scale(
  'commerce.payment', 'amount', 'authorized_amount', 'captured_amount', 'refunded_amount', 'disputed_amount');

create policy select_member on commerce.payment for select to commerce_member
  using (
    ((select internal.has_permission('orders.read')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()))
  );

create policy select_buyer on commerce.payment for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- Providers' webhooks name a row before a tenant is known.
create policy select_system on commerce.payment for select to commerce_system
  using (true);

select internal.grant_select('api.payment');
select internal.grant_select('api.payment', '{commerce_buyer}', '{
  id, tenant_id, order_id, saved_payment_method_id, proof_asset_id, currency_code, amount,
  authorized_amount, captured_amount, refunded_amount, disputed_amount, authorized_at, succeeded_at, expires_at, verified_at, payment_type, provider, status, failure_code,
  version, created_at, updated_at
}');
grant select (
  id, tenant_id, order_id, currency_code, payment_type, provider, provider_reference, status, expires_at,
  proof_asset_id, authorized_amount, captured_amount, refunded_amount, disputed_amount
)
  on commerce.payment to commerce_system;
