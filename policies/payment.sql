-- Undo: select internal.detach_policies('commerce.payment');
-- Written by the payment functions.
select internal.attach_tenant_policies('commerce.payment');

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

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, saved_payment_method_id, proof_asset_id, verified_by, currency_code,
  amount, authorized_at, succeeded_at, expires_at, verified_at, payment_type, provider,
  provider_reference, status, failure_code, failure_message, metadata, version, created_at,
  updated_at
) on commerce.payment to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, saved_payment_method_id, proof_asset_id, verified_by, currency_code,
  amount, authorized_at, succeeded_at, expires_at, verified_at, payment_type, provider,
  provider_reference, status, failure_code, failure_message, metadata, version, created_at,
  updated_at
) on api.payment to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, saved_payment_method_id, proof_asset_id, currency_code, amount,
  authorized_at, succeeded_at, expires_at, verified_at, payment_type, provider, status,
  failure_code, version, created_at, updated_at
) on api.payment to commerce_buyer;
grant select, insert, update on commerce.payment to commerce_definer;
grant select on api.payment to commerce_definer;
grant select (id, tenant_id, provider, provider_reference, status, expires_at, proof_asset_id)
  on commerce.payment to commerce_system;
