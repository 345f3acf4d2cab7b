create or replace function api.correct_tracking(
  p_fulfillment_id uuid,
  p_carrier text,
  p_tracking_number text,
  p_expected_version integer,
  p_tracking_url text default null
)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels and the order's history
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment commerce.fulfillment := internal.fulfillment_for_update(p_fulfillment_id, p_expected_version);
begin
  perform internal.refuse_faults(
    internal.text_fault('carrier', p_carrier, 200),
    internal.length_fault('tracking_number', p_tracking_number, 255),
    internal.length_fault('tracking_url', p_tracking_url, 2048)
  );
  if v_fulfillment.shipped_at is null then
    raise exception using
      errcode = 'SCIMM',
      message = 'only a parcel that was shipped has a tracking number',
      detail = json_build_object('field', 'fulfillment_id', 'status', v_fulfillment.status)::text;
  end if;
  update commerce.fulfillment as f
     set carrier = p_carrier, tracking_number = p_tracking_number, tracking_url = p_tracking_url, version = f.version
   where f.tenant_id = v_fulfillment.tenant_id and f.id = v_fulfillment.id;
  -- The order shows the tracking number of the parcel that left last.
  update commerce.orders as o
     set carrier = p_carrier, tracking_number = p_tracking_number, version = o.version
   where o.tenant_id = v_fulfillment.tenant_id
     and o.id = v_fulfillment.order_id
     and not exists (
       select
         from commerce.fulfillment as f
        where f.tenant_id = v_fulfillment.tenant_id
          and f.order_id = v_fulfillment.order_id
          and (f.shipped_at, f.id) > (v_fulfillment.shipped_at, v_fulfillment.id)
     );
  perform internal.note_correction(
    o, 'tracking', v_fulfillment.tracking_number, coalesce(p_tracking_number, p_carrier), null)
     from commerce.orders as o
    where o.tenant_id = v_fulfillment.tenant_id and o.id = v_fulfillment.order_id;
  return internal.fulfillment_view(v_fulfillment.id);
end
$$;

alter function api.correct_tracking(uuid, text, text, integer, text) owner to commerce_definer;
grant execute on function api.correct_tracking(uuid, text, text, integer, text) to commerce_member, commerce_worker;
comment on function api.correct_tracking(uuid, text, text, integer, text) is
  'Corrects the carrier and the tracking number of a parcel that was shipped. Needs orders.manage. SCIMM, SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param tracking_number?';
