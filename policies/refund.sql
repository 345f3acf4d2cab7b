-- Undo: drop policy tenant on commerce.refund; drop policy all_definer on commerce.refund; drop policy select_member on commerce.refund; drop policy select_buyer on commerce.refund; drop policy select_worker on commerce.refund; drop policy select_platform on commerce.refund; drop policy select_system on commerce.refund; revoke all on commerce.refund, api.refund from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_system; alter table commerce.refund no force row level security; alter table commerce.refund disable row level security;
-- Whose order it is: see policies/order_items.sql. Written by the refund functions.
alter table commerce.refund enable row level security;
alter table commerce.refund force row level security;

drop policy if exists tenant on commerce.refund;
create policy tenant on commerce.refund as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.refund;
create policy all_definer on commerce.refund for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.refund;
create policy select_member on commerce.refund for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.refund;
create policy select_buyer on commerce.refund for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.refund;
create policy select_worker on commerce.refund for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.refund;
create policy select_platform on commerce.refund for select to commerce_platform
  using ((select internal.read_is_announced()));

-- Providers' webhooks name a row before a tenant is known.
drop policy if exists select_system on commerce.refund;
create policy select_system on commerce.refund for select to commerce_system
  using (true);

revoke all on commerce.refund, api.refund
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, created_by, currency_code, amount,
  completed_at, status, method, provider_reference, reason, created_at, updated_at
) on commerce.refund to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, created_by, currency_code, amount,
  completed_at, status, method, provider_reference, reason, created_at, updated_at
) on api.refund to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, payment_id, order_return_id, currency_code, amount, completed_at, status,
  method, reason, created_at, updated_at
) on api.refund to commerce_buyer;
grant select, insert, update on commerce.refund to commerce_definer;
grant select on api.refund to commerce_definer;
grant select (id, tenant_id) on commerce.refund to commerce_system;
