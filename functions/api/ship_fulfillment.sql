create or replace function api.ship_fulfillment(
  p_fulfillment_id uuid,
  p_carrier text,
  p_tracking_number text,
  p_expected_version integer,
  p_tracking_url text default null
)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment :=
    internal.fulfillment_for_update(p_fulfillment_id, p_expected_version, 'shipped');
begin
  perform internal.refuse_faults(
    internal.text_fault('carrier', p_carrier, 200),
    internal.length_fault('tracking_number', p_tracking_number, 255),
    internal.length_fault('tracking_url', p_tracking_url, 2048),
    case when v_fulfillment.method <> 'shipping'
      then internal.fault('fulfillment_id', 'must be a parcel that is shipped by a carrier') end
  );
  perform internal.ship_parcels(o, array[v_fulfillment.id], p_carrier, p_tracking_number, p_tracking_url)
     from commerce.orders as o
    where o.tenant_id = v_fulfillment.tenant_id and o.id = v_fulfillment.order_id;
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.ship_fulfillment(uuid, text, text, integer, text) owner to commerce_definer;
grant execute on function api.ship_fulfillment(uuid, text, text, integer, text) to commerce_member, commerce_worker;
comment on function api.ship_fulfillment(uuid, text, text, integer, text) is
  'Gives a packed parcel to a carrier. Its contents leave the shelf; the order is partially fulfilled, or shipped when this was the last parcel. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param tracking_number?';
