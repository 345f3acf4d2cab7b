-- Undo: select internal.detach_policies('commerce.inventory_movement');
-- The ledger is written by the stock and order functions, and only added to. A seller without a seat on
-- the team sees the stock of the own products, not who moved it.
select internal.attach_tenant_policies('commerce.inventory_movement');

create policy select_member on commerce.inventory_movement for select to commerce_member
  using ((select internal.has_permission('inventory.manage')));

grant select (
  id, tenant_id, product_id, order_item_id, return_item_id, created_by, delta, balance_after, reason, note,
  created_at
) on commerce.inventory_movement, api.inventory_movement to commerce_member, commerce_worker, commerce_platform;
grant select, insert on commerce.inventory_movement to commerce_definer;
grant select (tenant_id, product_id), delete on commerce.inventory_movement to commerce_purge;
grant select on api.inventory_movement to commerce_definer;
