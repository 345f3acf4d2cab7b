create or replace function api.ship_order(
  p_order_id uuid,
  p_carrier text,
  p_tracking_number text,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'shipped');
begin
  perform internal.refuse_faults(
    internal.text_fault('carrier', p_carrier, 200),
    internal.length_fault('tracking_number', p_tracking_number, 255)
  );

  update commerce.orders as o
     set status = 'shipped', fulfillment_status = 'fulfilled', shipped_at = now(), carrier = p_carrier,
         tracking_number = p_tracking_number, version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;

  return internal.order_view(v_order.id);
end
$$;

alter function api.ship_order(uuid, text, text, integer) owner to commerce_definer;
grant execute on function api.ship_order(uuid, text, text, integer) to commerce_member, commerce_worker;
comment on function api.ship_order(uuid, text, text, integer) is
  'Gives an order to a carrier. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
