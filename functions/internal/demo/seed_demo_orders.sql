create or replace function internal.seed_demo_orders(
  p_shop jsonb,
  p_seller_id uuid,
  p_member_id uuid,
  p_product_ids uuid[]
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_person text;
  v_message record;
  v_buyer_id uuid;
  v_order api.orders;
begin
  for v_number in 1 .. jsonb_array_length(p_shop -> 'people') loop
    v_person := p_shop -> 'people' ->> v_number - 1;
    select m.*
      into v_message
      from internal.receive_message(
        'whatsapp', p_shop ->> 'account', ((p_shop ->> 'first_phone_number')::bigint + v_number)::text,
        format('wamid.demo.%s.%s', p_shop ->> 'number', v_number),
        p_shop -> 'questions' ->> floor(random() * 6)::integer, 'text', now() - random() * interval '10 days',
        v_person) as m;
    if v_number = 2 then
      perform internal.seed_demo_kinds(p_shop, v_message.message_id);
    end if;
    if v_number % 3 = 1 then
      perform internal.seed_demo_reply(v_message.thread_id, v_message.message_id, p_member_id);
    end if;
    if v_number = 10 then
      perform internal.seed_demo_digital(p_shop, p_seller_id, v_message.customer_id);
    end if;
    continue when v_number % 5 = 0;

    if v_number = 1 then
      v_buyer_id := internal.seed_demo_shopper(p_shop, v_message.customer_id);
      v_order := api.start_order(p_seller_id, null, null, v_message.thread_id);
      v_order := api.set_order_line(v_order.id, p_product_ids[2], 1, v_order.version);
      v_order := api.set_order_line(v_order.id, p_product_ids[3], 2, v_order.version);
      v_order := internal.seed_demo_basket(p_shop, v_order);
      v_order := internal.seed_demo_place(p_shop, v_order, v_person);
      perform internal.seed_demo_pay(array[v_order.id], 'mobile_money');
      perform internal.seed_demo_fulfil(array[v_order.id], 'delivered');
      perform internal.seed_demo_return(v_order.id, v_buyer_id, p_member_id);
      perform internal.seed_demo_trust(v_order.id, v_buyer_id, p_member_id);
      perform internal.seed_demo_money(v_order.id, v_message.customer_id);
      -- Two sellers, so two orders.
      perform api.place_order(
        'demo storefront', p_customer_id => v_message.customer_id, p_channel => 'storefront',
        p_lines => jsonb_build_array(
          jsonb_build_object('product_id', p_product_ids[1], 'quantity', 1),
          jsonb_build_object('product_id', p_product_ids[4], 'quantity', 1)),
        p_addresses => internal.seed_demo_addresses(p_shop, v_person));
    end if;

    v_order := api.start_order(p_seller_id, null, null, v_message.thread_id);
    for v_line in 1 .. 1 + floor(random() * 3)::integer loop
      v_order := api.set_order_line(
        v_order.id, p_product_ids[2 + floor(random() * 20)::integer], 1 + floor(random() * 2)::integer,
        v_order.version);
    end loop;
    if v_number in (6, 7) then
      v_order := internal.seed_demo_options(v_order, p_product_ids[5], v_number);
    end if;
    continue when v_number % 5 = 1;

    v_order := internal.seed_demo_place(p_shop, v_order, v_person);
    case v_number
      when 2, 7 then
        perform api.confirm_order(v_order.id, v_order.version);
      when 3, 13 then
        perform api.cancel_order(v_order.id, 'The customer changed their mind', v_order.version);
      when 9 then
        perform internal.seed_demo_pay(array[v_order.id], 'card');
        perform internal.seed_demo_fulfil(array[v_order.id], 'shipped');
      when 4, 8, 14 then
        perform internal.seed_demo_parcels(v_order.id, v_number);
      when 12 then
        perform internal.seed_demo_exchange(p_shop, v_order.id, v_person);
      else null;
    end case;
  end loop;
end
$$;

grant execute on function internal.seed_demo_orders(jsonb, uuid, uuid, uuid[]) to commerce_definer;
comment on function internal.seed_demo_orders(jsonb, uuid, uuid, uuid[]) is
  'The people of a demo shop write, fill baskets and order; the first of them has a login and takes goods back. The first product is the second seller''s.';
