-- Undo: drop policy tenant on commerce.order_return_items; drop policy all_definer on commerce.order_return_items; drop policy select_member on commerce.order_return_items; drop policy select_buyer on commerce.order_return_items; drop policy select_worker on commerce.order_return_items; drop policy select_platform on commerce.order_return_items; revoke all on commerce.order_return_items, api.order_return_items from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.order_return_items no force row level security; alter table commerce.order_return_items disable row level security;
-- Whose order it is: see policies/order_items.sql. The staff's note is not for buyers.
alter table commerce.order_return_items enable row level security;
alter table commerce.order_return_items force row level security;

drop policy if exists tenant on commerce.order_return_items;
create policy tenant on commerce.order_return_items as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.order_return_items;
create policy all_definer on commerce.order_return_items for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.order_return_items;
create policy select_member on commerce.order_return_items for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.order_return_items;
create policy select_buyer on commerce.order_return_items for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.order_return_items;
create policy select_worker on commerce.order_return_items for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.order_return_items;
create policy select_platform on commerce.order_return_items for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.order_return_items, api.order_return_items
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  store_note, created_at, updated_at
) on commerce.order_return_items to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  store_note, created_at, updated_at
) on api.order_return_items to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, order_return_id, order_item_id, quantity, accepted_quantity,
  restocked_quantity, refund_amount, refund_tax_amount, reason, condition, customer_note,
  created_at, updated_at
) on api.order_return_items to commerce_buyer;
grant select, insert, update on commerce.order_return_items to commerce_definer;
grant select on api.order_return_items to commerce_definer;
