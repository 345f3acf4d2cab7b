create or replace function api.ready_fulfillment(p_fulfillment_id uuid, p_expected_version integer)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment :=
    internal.fulfillment_for_update(p_fulfillment_id, p_expected_version, 'ready_for_pickup');
begin
  if v_fulfillment.method <> 'pickup' then
    perform internal.refuse_input('fulfillment_id', 'must be a parcel that its buyer collects');
  end if;
  perform internal.set_parcel_status(v_fulfillment, 'ready_for_pickup');
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.ready_fulfillment(uuid, integer) owner to commerce_definer;
grant execute on function api.ready_fulfillment(uuid, integer) to commerce_member, commerce_worker;
comment on function api.ready_fulfillment(uuid, integer) is
  'Records that a packed parcel waits for its buyer to collect it. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
