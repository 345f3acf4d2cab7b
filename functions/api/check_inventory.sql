create or replace function api.check_inventory()
  returns table (
    product_id uuid,
    inventory_count integer,
    ledger_sum bigint,
    reserved_count integer,
    unshipped_sum bigint
  )
  language plpgsql
  stable
  security definer  -- lends: reading the whole ledger
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('inventory.manage');
begin
  return query
    select p.id, p.inventory_count, coalesce(l.total, 0), p.reserved_count, coalesce(u.total, 0)
      from commerce.products as p
      left join (
        select m.product_id, sum(m.delta) as total
          from commerce.inventory_movement as m
         where m.tenant_id = v_tenant_id
         group by m.product_id
      ) as l on l.product_id = p.id
      left join (
        select l.product_id, sum(least(l.taken, l.unshipped))::bigint as total
          from (
            select i.product_id, i.quantity - i.shipped_quantity as unshipped, -sum(m.delta) as taken
              from commerce.orders as o
              join commerce.order_items as i on i.tenant_id = v_tenant_id and i.order_id = o.id
              join commerce.inventory_movement as m on m.tenant_id = v_tenant_id and m.order_item_id = i.id
             where o.tenant_id = v_tenant_id
               and o.status in ('pending', 'confirmed', 'processing')
               and m.reason = 'sale'
             group by i.id, i.product_id, i.quantity, i.shipped_quantity
          ) as l
         group by l.product_id
      ) as u on u.product_id = p.id
     where p.tenant_id = v_tenant_id
       and (p.inventory_count, p.reserved_count) <> (coalesce(l.total, 0), coalesce(u.total, 0))
     order by p.id;
end
$$;

alter function api.check_inventory() owner to commerce_definer;
grant execute on function api.check_inventory() to commerce_member, commerce_worker;
comment on function api.check_inventory() is
  'Products whose stock is not the sum of their ledger, or whose reserved units are not those that are sold and not yet shipped. The right result has no rows. Needs inventory.manage.
@rowName inventory_discrepancy
@returns product_id! {products.id} The product.
@returns inventory_count! {products.inventory_count}
@returns ledger_sum! What its ledger adds up to.
@returns reserved_count! {products.reserved_count}
@returns unshipped_sum! The units of orders that have not left, by its ledger.';
