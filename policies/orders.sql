-- Undo: drop policy tenant on commerce.orders; drop policy all_definer on commerce.orders; drop policy all_purge on commerce.orders; drop policy select_member on commerce.orders; drop policy update_member on commerce.orders; drop policy select_buyer on commerce.orders; drop policy select_worker on commerce.orders; drop policy select_platform on commerce.orders; drop policy select_system on commerce.orders; revoke all on commerce.orders, api.orders, api.orders_open from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.orders no force row level security; alter table commerce.orders disable row level security;
-- Status, lines and amounts move by the order functions, which also move the stock; plain edits are the
-- merchant's own fields.
alter table commerce.orders enable row level security;
alter table commerce.orders force row level security;

drop policy if exists tenant on commerce.orders;
create policy tenant on commerce.orders as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.orders;
create policy all_definer on commerce.orders for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.orders;
create policy all_purge on commerce.orders for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.orders;
create policy select_member on commerce.orders for select to commerce_member
  using ((select internal.has_permission('orders.read')) or seller_id = (select internal.seller_id()));

drop policy if exists update_member on commerce.orders;
create policy update_member on commerce.orders for update to commerce_member
  using ((select internal.has_permission('orders.manage')))
  with check ((select internal.has_permission('orders.manage')));

drop policy if exists select_buyer on commerce.orders;
create policy select_buyer on commerce.orders for select to commerce_buyer
  using (customer_id = (select internal.customer_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.orders;
create policy select_worker on commerce.orders for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.orders;
create policy select_platform on commerce.orders for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.orders;
create policy select_system on commerce.orders for select to commerce_system
  using (true);

revoke all on commerce.orders, api.orders
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, product_id, seller_id, customer_id, thread_id, currency_code, subtotal_amount,
  discount_amount, shipping_amount, tax_amount, total_amount, paid_amount, refunded_amount,
  placed_at, confirmed_at, shipped_at, delivered_at, cancelled_at, returned_at, order_number,
  channel, status, payment_status, fulfillment_status, buyer_name, buyer_phone, buyer_email,
  buyer_note, carrier, tracking_number, cancellation_reason, metadata, version, is_deleted,
  created_at, updated_at
) on commerce.orders to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, product_id, seller_id, customer_id, thread_id, currency_code, subtotal_amount,
  discount_amount, shipping_amount, tax_amount, total_amount, paid_amount, refunded_amount,
  placed_at, confirmed_at, shipped_at, delivered_at, cancelled_at, returned_at, order_number,
  channel, status, payment_status, fulfillment_status, buyer_name, buyer_phone, buyer_email,
  buyer_note, carrier, tracking_number, cancellation_reason, metadata, version, is_deleted,
  created_at, updated_at
) on api.orders to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, product_id, seller_id, customer_id, thread_id, currency_code, subtotal_amount,
  discount_amount, shipping_amount, tax_amount, total_amount, paid_amount, refunded_amount,
  placed_at, confirmed_at, shipped_at, delivered_at, cancelled_at, returned_at, order_number,
  channel, status, payment_status, fulfillment_status, buyer_name, buyer_phone, buyer_email,
  buyer_note, carrier, tracking_number, cancellation_reason, version, is_deleted, created_at,
  updated_at
) on api.orders to commerce_buyer;
grant update (metadata, version, is_deleted) on commerce.orders, api.orders to commerce_member;
grant delete on api.orders to commerce_member;
grant select, insert, update on commerce.orders to commerce_definer;
grant select (tenant_id, id, version), delete on commerce.orders to commerce_purge;
grant update (buyer_email, buyer_name, buyer_note, buyer_phone, version) on commerce.orders to commerce_purge;
grant select on api.orders to commerce_definer;
grant select (tenant_id, status, payment_status, total_amount, placed_at, is_deleted)
  on commerce.orders to commerce_system;

revoke all on api.orders_open
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.orders_open to commerce_member, commerce_worker, commerce_platform;
