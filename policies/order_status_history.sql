-- Undo: drop policy tenant on commerce.order_status_history; drop policy all_definer on commerce.order_status_history; drop policy all_purge on commerce.order_status_history; drop policy select_member on commerce.order_status_history; drop policy select_buyer on commerce.order_status_history; drop policy select_worker on commerce.order_status_history; drop policy select_platform on commerce.order_status_history; revoke all on commerce.order_status_history, api.order_status_history from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.order_status_history no force row level security; alter table commerce.order_status_history disable row level security;
-- Whose order it is: see policies/order_items.sql. Buyers see what happened, not who did it or why.
alter table commerce.order_status_history enable row level security;
alter table commerce.order_status_history force row level security;

drop policy if exists tenant on commerce.order_status_history;
create policy tenant on commerce.order_status_history as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.order_status_history;
create policy all_definer on commerce.order_status_history for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.order_status_history;
create policy all_purge on commerce.order_status_history for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.order_status_history;
create policy select_member on commerce.order_status_history for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.order_status_history;
create policy select_buyer on commerce.order_status_history for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.order_status_history;
create policy select_worker on commerce.order_status_history for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.order_status_history;
create policy select_platform on commerce.order_status_history for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.order_status_history, api.order_status_history
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, order_id, changed_by, field, from_value, to_value, reason, created_at
) on commerce.order_status_history to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, changed_by, field, from_value, to_value, reason, created_at
) on api.order_status_history to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, order_id, field, from_value, to_value, created_at
) on api.order_status_history to commerce_buyer;
grant select, insert on commerce.order_status_history to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_status_history to commerce_purge;
grant select on api.order_status_history to commerce_definer;
