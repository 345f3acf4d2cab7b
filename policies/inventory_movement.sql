-- The ledger is written by the stock and order functions, and only added to. A seller without a seat on
-- the team sees the stock of its own products, and not the person who moved it.
select internal.attach_tenant_table('commerce.inventory_movement', p_is_append_only => true, p_is_audited => false);

create policy select_member on commerce.inventory_movement for select to commerce_member
  using ((select internal.has_permission('inventory.manage')));

select internal.grant_select('api.inventory_movement');
