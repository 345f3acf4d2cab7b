create or replace function internal.seed_demo_digital(p_shop jsonb, p_seller_id uuid, p_customer_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_product_id uuid;
  v_order api.orders;
  v_parcel api.fulfillment;
begin
  insert into commerce.products (
    tenant_id, seller_id, name, short_description, sku, product_type, price, currency_code, tax_rate,
    track_inventory, published_at
  )
  values (
    internal.require_tenant(), p_seller_id, 'Care Guide', 'A PDF of 12 pages', 'PDF-1', 'digital', 1500,
    p_shop ->> 'currency_code', (p_shop ->> 'tax_rate')::numeric, false, now()
  )
  returning id into v_product_id;
  v_order := api.place_order(
    'demo digital', p_customer_id => p_customer_id, p_channel => 'whatsapp',
    p_lines => jsonb_build_array(jsonb_build_object('product_id', v_product_id, 'quantity', 1)));
  perform internal.seed_demo_pay(array[v_order.id], 'mobile_money');
  v_order := internal.order_view(v_order.id);
  v_order := api.confirm_order(v_order.id, v_order.version);
  v_order := api.start_processing(v_order.id, v_order.version);
  v_parcel := api.pack_order(v_order.id, v_order.version, p_method => 'digital');
  perform api.deliver_fulfillment(v_parcel.id, v_parcel.version);
end
$$;

grant execute on function internal.seed_demo_digital(jsonb, uuid, uuid) to commerce_definer;
comment on function internal.seed_demo_digital(jsonb, uuid, uuid) is
  'Adds digital goods to a demo shop, and an order of them, which is paid and reaches its buyer without a carrier.';
