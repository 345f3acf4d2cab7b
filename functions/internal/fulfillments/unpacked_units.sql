create or replace function internal.unpacked_units(p_item commerce.order_items)
  returns integer
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select (p_item.quantity - p_item.shipped_quantity - coalesce(sum(l.quantity), 0))::integer
    from commerce.fulfillment_item as l
    join commerce.fulfillment as f on f.tenant_id = p_item.tenant_id and f.id = l.fulfillment_id
   where l.tenant_id = p_item.tenant_id
     and l.order_id = p_item.order_id
     and l.order_item_id = p_item.id
     and f.status in ('packed', 'ready_for_pickup')
$$;

grant execute on function internal.unpacked_units(commerce.order_items) to commerce_definer;
comment on function internal.unpacked_units(commerce.order_items) is
  'How many units of a line are in no parcel yet.';
