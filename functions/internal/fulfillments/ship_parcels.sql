create or replace function internal.ship_parcels(
  p_order commerce.orders,
  p_fulfillment_ids uuid[],
  p_carrier text,
  p_tracking_number text,
  p_tracking_url text default null
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment_id uuid;
begin
  foreach v_fulfillment_id in array p_fulfillment_ids loop
    update commerce.fulfillment as f
       set status = 'shipped', shipped_at = now(), carrier = p_carrier, tracking_number = p_tracking_number,
           tracking_url = p_tracking_url, version = f.version
     where f.tenant_id = p_order.tenant_id and f.id = v_fulfillment_id;
  end loop;
  perform internal.leave_shelf(p_order.tenant_id, p_fulfillment_ids);
  update commerce.orders as o
     set carrier = p_carrier, tracking_number = p_tracking_number, version = o.version
   where o.tenant_id = p_order.tenant_id and o.id = p_order.id;
  perform internal.follow_parcels(p_order.tenant_id, p_order.id);
end
$$;

grant execute on function internal.ship_parcels(commerce.orders, uuid[], text, text, text) to commerce_definer;
comment on function internal.ship_parcels(commerce.orders, uuid[], text, text, text) is
  'Gives packed parcels of an order that the caller has locked to a carrier; the order shows the latest.';
