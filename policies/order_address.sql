-- Undo: drop policy tenant on commerce.order_address; drop policy all_definer on commerce.order_address; drop policy all_purge on commerce.order_address; drop policy select_member on commerce.order_address; drop policy select_buyer on commerce.order_address; drop policy select_worker on commerce.order_address; drop policy select_platform on commerce.order_address; revoke all on commerce.order_address, api.order_address from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.order_address no force row level security; alter table commerce.order_address disable row level security;
-- Whose order it is: see policies/order_items.sql.
alter table commerce.order_address enable row level security;
alter table commerce.order_address force row level security;

drop policy if exists tenant on commerce.order_address;
create policy tenant on commerce.order_address as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.order_address;
create policy all_definer on commerce.order_address for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.order_address;
create policy all_purge on commerce.order_address for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.order_address;
create policy select_member on commerce.order_address for select to commerce_member
  using ((select internal.has_permission('orders.read'))
    or (select internal.seller_id()) is not null and internal.sells_order(order_id));

drop policy if exists select_buyer on commerce.order_address;
create policy select_buyer on commerce.order_address for select to commerce_buyer
  using (order_id = any ((select internal.own_order_ids())::uuid[]));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.order_address;
create policy select_worker on commerce.order_address for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.order_address;
create policy select_platform on commerce.order_address for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.order_address, api.order_address
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, order_id, source_address_id, country, latitude, longitude, kind, recipient_name,
  phone_number, street_address, apartment, landmark, city, state, postal_code, created_at
) on commerce.order_address, api.order_address to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select, insert on commerce.order_address to commerce_definer;
grant select (tenant_id, order_id), delete on commerce.order_address to commerce_purge;
grant select on api.order_address to commerce_definer;
