create or replace function api.cancel_fulfillment(p_fulfillment_id uuid, p_expected_version integer)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment :=
    internal.fulfillment_for_update(p_fulfillment_id, p_expected_version, 'cancelled');
begin
  perform internal.set_parcel_status(v_fulfillment, 'cancelled');
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.cancel_fulfillment(uuid, integer) owner to commerce_definer;
grant execute on function api.cancel_fulfillment(uuid, integer) to commerce_member, commerce_worker;
comment on function api.cancel_fulfillment(uuid, integer) is
  'Cancels a parcel that has not left. Its contents can be packed again, or taken out of the order. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
