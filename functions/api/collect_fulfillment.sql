create or replace function api.collect_fulfillment(p_fulfillment_id uuid, p_expected_version integer)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels, the stock and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment :=
    internal.fulfillment_for_update(p_fulfillment_id, p_expected_version, 'collected');
begin
  perform internal.set_parcel_status(v_fulfillment, 'collected');
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.collect_fulfillment(uuid, integer) owner to commerce_definer;
grant execute on function api.collect_fulfillment(uuid, integer) to commerce_member, commerce_worker;
comment on function api.collect_fulfillment(uuid, integer) is
  'Records that a buyer has collected a parcel that waited for them. Its contents have then left the shop. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
