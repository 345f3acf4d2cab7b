create or replace function internal.tg_orders__release_stock()
  returns trigger
  language plpgsql
  security definer  -- lends: writing what is reserved of products
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_taken record;
begin
  -- What the ledger says was taken, in the order of product ids, as place_order takes.
  for v_taken in
    select m.product_id, -sum(m.delta)::integer as quantity
      from commerce.order_items as i
      join commerce.inventory_movement as m on m.tenant_id = i.tenant_id and m.order_item_id = i.id
     where i.tenant_id = new.tenant_id and i.order_id = new.id and m.reason = 'sale'
     group by m.product_id
    having sum(m.delta) <> 0
     order by m.product_id
  loop
    update commerce.products as p
       set reserved_count = p.reserved_count - v_taken.quantity
     where p.tenant_id = new.tenant_id and p.id = v_taken.product_id;
  end loop;
  return null;
end
$$;

alter function internal.tg_orders__release_stock() owner to commerce_definer;
comment on function internal.tg_orders__release_stock() is
  'Trigger: what leaves the shop with an order is no longer on the shelf, and no longer reserved there.';
