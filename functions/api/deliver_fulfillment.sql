create or replace function api.deliver_fulfillment(p_fulfillment_id uuid, p_expected_version integer)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment :=
    internal.fulfillment_for_update(p_fulfillment_id, p_expected_version, 'delivered');
begin
  if v_fulfillment.status = 'packed' and v_fulfillment.method <> 'digital' then
    perform internal.refuse_input('fulfillment_id', 'must be a parcel that was shipped, or of digital goods');
  end if;
  perform internal.set_parcel_status(v_fulfillment, 'delivered');
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.deliver_fulfillment(uuid, integer) owner to commerce_definer;
grant execute on function api.deliver_fulfillment(uuid, integer) to commerce_member, commerce_worker;
comment on function api.deliver_fulfillment(uuid, integer) is
  'Records that a parcel that was shipped has reached its buyer, or that digital goods have been sent to them. The order is delivered once nothing else is on its way. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
