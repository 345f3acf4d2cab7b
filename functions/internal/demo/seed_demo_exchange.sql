create or replace function internal.seed_demo_exchange(p_shop jsonb, p_order_id uuid, p_person text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_order api.orders := internal.order_view(p_order_id);
  v_parcel api.fulfillment;
  v_return commerce.order_returns;
begin
  v_order := api.confirm_order(v_order.id, v_order.version);
  v_order := api.correct_order_address(
    v_order.id,
    jsonb_build_array((internal.seed_demo_addresses(p_shop, p_person) -> 0) || '{"apartment": "2nd floor"}'),
    'The customer told us the floor', v_order.version);
  v_order := api.start_processing(v_order.id, v_order.version);
  v_parcel := api.pack_order(v_order.id, v_order.version);
  v_parcel := api.ship_fulfillment(v_parcel.id, 'Rider', 'TRK-' || v_order.order_number, v_parcel.version);
  perform api.fail_fulfillment(v_parcel.id, 'lost', v_parcel.version);

  -- The same goods are sent again, in exchange for those that were lost.
  select r.*
    into v_return
    from commerce.order_returns as r
   where r.tenant_id = v_tenant_id and r.fulfillment_id = v_parcel.id;
  perform api.exchange_return(v_return.id, o.id, v_return.version)
     from api.place_order(
       'demo sent again ' || p_order_id, p_customer_id => v_order.customer_id, p_channel => 'whatsapp',
       p_lines => (
         select jsonb_agg(jsonb_build_object('product_id', i.product_id, 'quantity', i.quantity) order by i.line_number)
           from commerce.order_items as i
          where i.tenant_id = v_tenant_id and i.order_id = p_order_id
       ),
       p_addresses => internal.seed_demo_addresses(p_shop, p_person)) as o;
end
$$;

grant execute on function internal.seed_demo_exchange(jsonb, uuid, text) to commerce_definer;
comment on function internal.seed_demo_exchange(jsonb, uuid, text) is
  'Corrects the address of a demo order, whose parcel is then lost, and sends the same goods again as another order in exchange.';
