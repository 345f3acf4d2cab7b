-- Undo: drop policy tenant on commerce.order_items; drop policy all_definer on commerce.order_items; drop policy all_purge on commerce.order_items; drop policy select_member on commerce.order_items; drop policy select_buyer on commerce.order_items; drop policy select_worker on commerce.order_items; drop policy select_platform on commerce.order_items; revoke all on commerce.order_items, api.order_items, api.sales_by_product from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.order_items no force row level security; alter table commerce.order_items disable row level security;
-- A line knows its order, not whose that is; internal.own_order_ids and internal.sells_order say why
-- buyers and sellers are asked for in different ways. Lines are written by the order functions only.
alter table commerce.order_items enable row level security;
alter table commerce.order_items force row level security;

drop policy if exists tenant on commerce.order_items;
create policy tenant on commerce.order_items as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.order_items;
create policy all_definer on commerce.order_items for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.order_items;
create policy all_purge on commerce.order_items for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.order_items;
create policy select_member on commerce.order_items for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.order_items;
create policy select_buyer on commerce.order_items for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.order_items;
create policy select_worker on commerce.order_items for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.order_items;
create policy select_platform on commerce.order_items for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.order_items, api.order_items
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, order_id, product_id, line_number, quantity, returned_quantity, unit_price,
  currency_code, subtotal, discount_amount, tax_amount, product_name, sku, metadata, created_at,
  updated_at
) on commerce.order_items, api.order_items to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select, insert, update, delete on commerce.order_items to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_items to commerce_purge;
grant select on api.order_items to commerce_definer;

revoke all on api.sales_by_product
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.sales_by_product to commerce_member, commerce_worker, commerce_platform;
