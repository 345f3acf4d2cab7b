-- Undo: drop policy tenant on commerce.payment; drop policy all_definer on commerce.payment; drop policy select_member on commerce.payment; drop policy select_buyer on commerce.payment; drop policy select_worker on commerce.payment; drop policy select_platform on commerce.payment; drop policy select_system on commerce.payment; revoke all on commerce.payment, api.payment from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.payment no force row level security; alter table commerce.payment disable row level security;
-- Whose order it is: see policies/order_items.sql. Written by the payment functions.
alter table commerce.payment enable row level security;
alter table commerce.payment force row level security;

drop policy if exists tenant on commerce.payment;
create policy tenant on commerce.payment as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.payment;
create policy all_definer on commerce.payment for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.payment;
create policy select_member on commerce.payment for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.payment;
create policy select_buyer on commerce.payment for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.payment;
create policy select_worker on commerce.payment for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.payment;
create policy select_platform on commerce.payment for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Providers' webhooks name a row before a tenant is known.
drop policy if exists select_system on commerce.payment;
create policy select_system on commerce.payment for select to commerce_system
  using (true);

revoke all on commerce.payment, api.payment
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
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
