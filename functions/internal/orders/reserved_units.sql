create or replace function internal.reserved_units(p_item commerce.order_items)
  returns integer
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- A line of an untracked product takes no stock, so that none is held for it.
  select least(-coalesce(sum(m.delta), 0), p_item.quantity - p_item.shipped_quantity)::integer
    from commerce.inventory_movement as m
   where m.tenant_id = p_item.tenant_id and m.order_item_id = p_item.id and m.reason = 'sale'
$$;

grant execute on function internal.reserved_units(commerce.order_items) to commerce_definer;
comment on function internal.reserved_units(commerce.order_items) is
  'How many units of a line of an order that is under way are held on the shelf: those that it took and that have not left.';
