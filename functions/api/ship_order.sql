create or replace function api.ship_order(
  p_order_id uuid,
  p_carrier text,
  p_tracking_number text,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'shipped');
  v_fulfillment_ids uuid[];
begin
  perform internal.refuse_faults(
    internal.text_fault('carrier', p_carrier, 200),
    internal.length_fault('tracking_number', p_tracking_number, 255)
  );

  if exists (
    select
      from commerce.order_items as i
     where i.tenant_id = v_order.tenant_id and i.order_id = v_order.id and internal.unpacked_units(i) > 0
  ) then
    perform internal.pack_units(v_order, 'shipping');
  end if;
  v_fulfillment_ids := array(
    select f.id
      from commerce.fulfillment as f
     where f.tenant_id = v_order.tenant_id
       and f.order_id = v_order.id
       and f.status = 'packed'
       and f.method = 'shipping'
     order by f.id
  );
  if v_fulfillment_ids = '{}' then
    perform internal.refuse_input('order_id', 'must be an order of which something is not packed, or packed for a carrier');
  end if;
  perform internal.ship_parcels(v_order, v_fulfillment_ids, p_carrier, p_tracking_number);

  return internal.order_view(v_order.id);
end
$$;

alter function api.ship_order(uuid, text, text, integer) owner to commerce_definer;
grant execute on function api.ship_order(uuid, text, text, integer) to commerce_member, commerce_worker;
comment on function api.ship_order(uuid, text, text, integer) is
  'Gives an order to a carrier: every parcel that is packed for shipping, and one new parcel of all units that are in no parcel yet. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
