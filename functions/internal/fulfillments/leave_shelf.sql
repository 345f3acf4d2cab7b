create or replace function internal.leave_shelf(p_tenant_id uuid, p_fulfillment_ids uuid[])
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
declare
  v_packed record;
  v_item commerce.order_items;
  v_held integer;
begin
  -- The products are locked in the order of their ids, as in every transaction that changes stock.
  for v_packed in
    select l.order_item_id, sum(l.quantity)::integer as quantity
      from unnest(p_fulfillment_ids) as r (id)
     cross join lateral (
        select l.order_item_id, l.quantity
          from commerce.fulfillment_item as l
         where l.tenant_id = p_tenant_id and l.fulfillment_id = r.id
        offset 0
      ) as l
     cross join lateral (
        select i.product_id from commerce.order_items as i where i.tenant_id = p_tenant_id and i.id = l.order_item_id offset 0
      ) as i
     group by l.order_item_id, i.product_id
     order by i.product_id, l.order_item_id
  loop
    select i.* into v_item from commerce.order_items as i where i.tenant_id = p_tenant_id and i.id = v_packed.order_item_id;
    v_held := internal.reserved_units(v_item);
    update commerce.order_items as i
       set shipped_quantity = i.shipped_quantity + v_packed.quantity
     where i.tenant_id = p_tenant_id and i.id = v_item.id
    returning * into v_item;
    update commerce.products as p
       set reserved_count = p.reserved_count - (v_held - internal.reserved_units(v_item))
     where p.tenant_id = p_tenant_id and p.id = v_item.product_id and v_held > internal.reserved_units(v_item);
  end loop;
end
$$;

grant execute on function internal.leave_shelf(uuid, uuid[]) to commerce_definer;
comment on function internal.leave_shelf(uuid, uuid[]) is
  'Takes the units that leave the shop in these parcels off the shelf, and ends their reservation. The caller has locked their order.';
