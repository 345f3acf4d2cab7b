create or replace function internal.seed_demo_parcels(p_order_id uuid, p_number integer)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_order api.orders := internal.order_view(p_order_id);
  v_line_id uuid := (
    select i.id
      from commerce.order_items as i
     where i.tenant_id = v_tenant_id and i.order_id = p_order_id and i.line_number = 1
  );
  v_parcel api.fulfillment;
begin
  v_order := api.confirm_order(v_order.id, v_order.version);
  v_order := api.start_processing(v_order.id, v_order.version);
  case p_number
    when 4 then
      -- Two parcels: one has left, the other waits on the shelf; one more was asked for in between.
      v_order := api.correct_order_lines(
        v_order.id, 'One more, please', v_order.version,
        jsonb_build_array(jsonb_build_object('order_item_id', v_line_id, 'quantity', 3)));
      v_parcel := api.pack_order(
        v_order.id, v_order.version, jsonb_build_array(jsonb_build_object('order_item_id', v_line_id, 'quantity', 1)));
      v_parcel := api.ship_fulfillment(v_parcel.id, 'Rider', 'TRK-' || v_order.order_number, v_parcel.version);
      perform api.correct_tracking(v_parcel.id, 'Rider', 'TRK-' || v_order.order_number || '-1', v_parcel.version);
      v_order := internal.order_view(p_order_id);
      perform api.pack_order(v_order.id, v_order.version);
    when 8 then
      v_parcel := api.pack_order(v_order.id, v_order.version, p_method => 'pickup');
      v_parcel := api.ready_fulfillment(v_parcel.id, v_parcel.version);
      perform api.collect_fulfillment(v_parcel.id, v_parcel.version);
    else
      v_parcel := api.pack_order(v_order.id, v_order.version);
      v_parcel := api.ship_fulfillment(v_parcel.id, 'Rider', 'TRK-' || v_order.order_number, v_parcel.version);
      perform api.fail_fulfillment(
        v_parcel.id, 'refused', v_parcel.version,
        jsonb_build_array(
          jsonb_build_object('order_item_id', v_line_id, 'restocked_quantity', 1, 'condition', 'unopened')));
  end case;
end
$$;

grant execute on function internal.seed_demo_parcels(uuid, integer) to commerce_definer;
comment on function internal.seed_demo_parcels(uuid, integer) is
  'Sends a placed demo order in parcels: one of two has left (4), it was collected (8), or it was refused at the door.';
