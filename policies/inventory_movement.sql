-- Undo: drop policy tenant on commerce.inventory_movement; drop policy all_definer on commerce.inventory_movement; drop policy all_purge on commerce.inventory_movement; drop policy select_member on commerce.inventory_movement; drop policy select_worker on commerce.inventory_movement; drop policy select_platform on commerce.inventory_movement; revoke all on commerce.inventory_movement, api.inventory_movement from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge; alter table commerce.inventory_movement no force row level security; alter table commerce.inventory_movement disable row level security;
-- The ledger is written by the stock and order functions, and only added to. A seller without a seat on
-- the team sees the stock of the own products, not who moved it.
alter table commerce.inventory_movement enable row level security;
alter table commerce.inventory_movement force row level security;

drop policy if exists tenant on commerce.inventory_movement;
create policy tenant on commerce.inventory_movement as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.inventory_movement;
create policy all_definer on commerce.inventory_movement for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.inventory_movement;
create policy all_purge on commerce.inventory_movement for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.inventory_movement;
create policy select_member on commerce.inventory_movement for select to commerce_member
  using ((select internal.has_permission('inventory.manage')));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.inventory_movement;
create policy select_worker on commerce.inventory_movement for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.inventory_movement;
create policy select_platform on commerce.inventory_movement for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.inventory_movement, api.inventory_movement
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, product_id, order_item_id, return_item_id, created_by, delta, balance_after, reason, note,
  created_at
) on commerce.inventory_movement, api.inventory_movement to commerce_member, commerce_worker, commerce_platform;
grant select, insert on commerce.inventory_movement to commerce_definer;
grant select (tenant_id, product_id), delete on commerce.inventory_movement to commerce_purge;
grant select on api.inventory_movement to commerce_definer;
