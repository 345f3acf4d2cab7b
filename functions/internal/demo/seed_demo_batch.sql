-- Call by call, 100,000 orders would take hours. These statements write 100 orders at once, and their
-- triggers still derive totals, history, thread counters and payment states. Ids are made first, in
-- arrays, because everything else is counted off by position in them.
create or replace function internal.seed_demo_batch(
  p_tenant_number integer,
  p_step integer,
  p_seed integer default 1
)
  returns boolean
  language plpgsql
  volatile
  security definer  -- lends: writing orders and conversations of the demo tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  c_orders constant integer := 100;
  c_customers constant integer := 20;
  v_shop jsonb := internal.seed_demo_shop(p_tenant_number);
  v_people jsonb := v_shop -> 'people';
  v_tenant_id uuid;
  v_seller_id uuid;
  v_owner_id uuid;
  v_channel_id uuid;
  v_product_ids uuid[];
  v_customer_ids uuid[];
  v_user_ids uuid[];
  v_thread_ids uuid[];
  v_order_ids uuid[];
  v_message_ids uuid[];
  v_statuses text[];
  v_articles integer[];
  v_numbers text[];
  v_status text;
begin
  if coalesce(p_step, 0) not between 2 and 10000 then
    perform internal.refuse_input('step', 'must be from 2 to 10000');
  end if;
  v_tenant_id := internal.seed_demo(p_tenant_number, p_seed);
  perform internal.adopt_tenant(v_tenant_id);
  select s.id, s.user_id, c.id
    into strict v_seller_id, v_owner_id, v_channel_id
    from commerce.team_members as m
    join commerce.seller_profile as s on s.tenant_id = v_tenant_id and s.user_id = m.user_id
    join commerce.channel as c
      on c.tenant_id = v_tenant_id and c.external_account_id = v_shop ->> 'account' and not c.is_deleted
   where m.tenant_id = v_tenant_id and m.role = 'owner';

  -- A batch has its own edition of the articles, by which it is recognised later.
  if exists (
    select
      from commerce.products as p
     where p.tenant_id = v_tenant_id and p.name = (v_shop #>> '{articles,0,0}') || ' No. ' || p_step
  ) then
    return false;
  end if;
  perform internal.seed_demo_start(p_tenant_number, p_step, p_seed);
  v_product_ids := internal.seed_demo_products(v_shop, v_seller_id, p_step);

  select array_agg(internal.uuid_v7()), array_agg(internal.uuid_v7()), array_agg(internal.uuid_v7())
    into v_customer_ids, v_user_ids, v_thread_ids
    from generate_series(1, c_customers);
  select array_agg(internal.uuid_v7()), array_agg(internal.uuid_v7()),
         array_agg((array['pending', 'confirmed', 'processing', 'shipped', 'cancelled', 'delivered'])
           [least(1 + floor(random() * 12), 6)]),
         array_agg(floor(random() * 20)::integer), array_agg(internal.next_number('orders'))
    into v_order_ids, v_message_ids, v_statuses, v_articles, v_numbers
    from generate_series(1, c_orders);

  insert into commerce.customer (id, tenant_id, display_name, phone_number, first_seen_at)
  select c.id, v_tenant_id,
         split_part(v_people ->> (c.number % 15)::integer, ' ', 1) || ' '
           || split_part(v_people ->> ((c.number / 15 + p_step) % 15)::integer, ' ', 2),
         format('+%s', (v_shop ->> 'first_phone_number')::bigint + p_step * 100 + c.number),
         now() - interval '366 days'
    from unnest(v_customer_ids) with ordinality as c (id, number);
  insert into commerce.users (id, tenant_id, display_name, phone_number)
  select u.id, v_tenant_id, c.display_name, c.phone_number
    from unnest(v_customer_ids, v_user_ids) as n (customer_id, id)
    join commerce.customer as c on c.tenant_id = v_tenant_id and c.id = n.customer_id,
         lateral (select n.id) as u (id);
  insert into commerce.buyer_profile (id, tenant_id, user_id, full_name, phone_number)
  select c.id, v_tenant_id, n.user_id, c.display_name, c.phone_number
    from unnest(v_customer_ids, v_user_ids) as n (customer_id, user_id)
    join commerce.customer as c on c.tenant_id = v_tenant_id and c.id = n.customer_id;
  insert into commerce.customer_identity (
    tenant_id, customer_id, channel_id, channel_type, external_user_id, profile_name, last_seen_at
  )
  select v_tenant_id, c.id, v_channel_id, 'whatsapp', ltrim(c.phone_number, '+'), c.display_name, now()
    from commerce.customer as c
   where c.tenant_id = v_tenant_id and c.id = any (v_customer_ids);
  insert into commerce.conversation_thread (id, tenant_id, channel_id, customer_id)
  select n.id, v_tenant_id, v_channel_id, n.customer_id
    from unnest(v_thread_ids, v_customer_ids) as n (id, customer_id);

  -- The orders are spread over the year that ends now. A draft with a time of placing is not a basket, so one customer
  -- may have several at once.
  insert into commerce.orders (
    id, tenant_id, seller_id, customer_id, thread_id, channel, currency_code, prices_include_tax, shipping_tax_rate, placed_at, created_at
  )
  select o.id, v_tenant_id, v_seller_id, v_customer_ids[1 + o.number % c_customers],
         v_thread_ids[1 + o.number % c_customers], 'whatsapp', v_shop ->> 'currency_code', (v_shop ->> 'prices_include_tax')::boolean,
         (v_shop ->> 'tax_rate')::numeric, t.at, t.at
    from unnest(v_order_ids) with ordinality as o (id, number),
         lateral (select now() - interval '365 days' * (1 - o.number::numeric / c_orders)) as t (at);
  -- Steps of 7 in a list of 20: the articles of one order differ.
  insert into commerce.order_items (
    tenant_id, order_id, customer_id, seller_id, product_id, line_number, quantity, unit_price, currency_code,
    tax_rate, tax_amount, product_name, sku
  )
  select v_tenant_id, o.id, v_customer_ids[1 + o.number % c_customers], v_seller_id, p.id, l.number, q.quantity, p.price, p.currency_code,
         p.tax_rate,
         internal.line_tax(
           q.quantity * p.price, p.tax_rate, c.minor_unit, (v_shop ->> 'prices_include_tax')::boolean),
         p.name, p.sku
    from unnest(v_order_ids, v_articles) with ordinality as o (id, article, number)
   cross join lateral generate_series(1, 1 + o.number % 3) as l (number)
    join commerce.products as p
      on p.tenant_id = v_tenant_id and p.id = v_product_ids[1 + (o.article + 7 * l.number) % 20]
    join commerce.currency as c on c.code = p.currency_code
   cross join lateral (select (1 + (o.article + l.number) % 2)::integer) as q (quantity)
   order by o.number, l.number;
  update commerce.orders as o
     set status = 'pending', order_number = n.order_number, buyer_name = c.display_name,
         buyer_phone = c.phone_number, version = o.version
    from unnest(v_order_ids, v_numbers) as n (id, order_number), commerce.customer as c
   where o.tenant_id = v_tenant_id
     and o.id = n.id
     and c.tenant_id = v_tenant_id
     and c.id = o.customer_id;

  insert into commerce.conversation_history (
    id, tenant_id, thread_id, channel_id, customer_id, order_id, direction, sender_type, sender_user_id,
    delivery_status, external_message_id, message, occurred_at, sent_at, delivered_at, read_at
  )
  select case when m.number = 3 then n.message_id else internal.uuid_v7() end, v_tenant_id, o.thread_id,
         v_channel_id, o.customer_id, case when m.number = 3 then o.id end, m.direction, m.sender_type,
         case when m.number = 2 then v_owner_id end, m.delivery_status,
         format('wamid.demo.%s.%s.%s.%s', p_tenant_number, p_step, n.number, m.number),
         case m.number
           when 1 then v_shop -> 'questions' ->> (n.number % 6)::integer
           when 2 then 'Yes, of course. Which one, and where to?'
           else format('I take the %s, please.', i.product_name)
         end,
         t.at, case when m.number = 2 then t.at end, case when m.number = 2 then t.at end,
         case when m.number = 2 then t.at end
    from unnest(v_order_ids, v_message_ids) with ordinality as n (id, message_id, number)
    join commerce.orders as o on o.tenant_id = v_tenant_id and o.id = n.id
    join commerce.order_items as i on i.tenant_id = v_tenant_id and i.order_id = n.id and i.line_number = 1
   cross join (values
      (1, 'inbound', 'customer', 'received'),
      (2, 'outbound', 'merchant', 'read'),
      (3, 'inbound', 'customer', 'received')
    ) as m (number, direction, sender_type, delivery_status)
   cross join lateral (select o.placed_at - interval '10 minutes' * (4 - m.number)) as t (at)
   order by n.number, m.number;
  insert into commerce.conversation_event (
    tenant_id, thread_id, conversation_id, event_type, order_id, occurred_at
  )
  select v_tenant_id, h.thread_id, h.id, e.event_type, e.order_id, h.occurred_at
    from (
      select m.*, row_number() over (partition by m.thread_id order by m.occurred_at) = 1 as is_first
        from commerce.conversation_history as m
       where m.tenant_id = v_tenant_id and m.thread_id = any (v_thread_ids)
    ) as h
   cross join lateral (values
      (h.is_first, 'conversation_started', null::uuid),
      (h.direction = 'inbound', 'message_received', null),
      (h.order_id is not null, 'order_placed', h.order_id)
    ) as e (happened, event_type, order_id)
   where e.happened
   order by h.occurred_at;

  insert into commerce.order_address (
    tenant_id, order_id, customer_id, seller_id, kind, recipient_name, phone_number, street_address, landmark,
    city, state, country
  )
  select v_tenant_id, o.id, o.customer_id, o.seller_id, 'shipping', o.buyer_name, o.buyer_phone, a.street_address,
         a.landmark, a.city, a.state, a.country
    from commerce.orders as o,
         jsonb_to_record(v_shop -> 'address')
           as a (street_address text, landmark text, city text, state text, country text)
   where o.tenant_id = v_tenant_id and o.id = any (v_order_ids);
  insert into commerce.order_channel_meta (
    tenant_id, order_id, seller_id, channel_type, channel_id, conversation_history_id
  )
  select v_tenant_id, n.order_id, v_seller_id, 'whatsapp', v_channel_id, n.message_id
    from unnest(v_order_ids, v_message_ids) as n (order_id, message_id);

  -- A cancellation comes a day later, and then the stock comes back.
  update commerce.orders as o
     set status = 'cancelled', cancelled_at = o.placed_at + interval '1 day',
         cancellation_reason = 'The customer changed their mind', version = o.version
    from unnest(v_order_ids, v_statuses) as n (id, status)
   where o.tenant_id = v_tenant_id and o.id = n.id and n.status = 'cancelled';
  with sold as (
    select i.product_id, i.id as order_item_id, i.quantity, o.placed_at, o.cancelled_at
      from commerce.order_items as i
      join commerce.orders as o on o.tenant_id = v_tenant_id and o.id = i.order_id
      join commerce.products as p on p.tenant_id = v_tenant_id and p.id = i.product_id and p.track_inventory
     where i.tenant_id = v_tenant_id and i.order_id = any (v_order_ids)
  ), moved as (
    select s.product_id, null::uuid as order_item_id, 'initial' as reason, sum(s.quantity) + 50 as delta,
           now() - interval '366 days' as at, null as note
      from sold as s
     group by s.product_id
    union all
    select s.product_id, s.order_item_id, 'sale', -s.quantity, s.placed_at, null
      from sold as s
    union all
    select s.product_id, s.order_item_id, 'sale', s.quantity, s.cancelled_at, 'order cancelled'
      from sold as s
     where s.cancelled_at is not null
  )
  insert into commerce.inventory_movement (
    tenant_id, product_id, order_item_id, reason, delta, balance_after, note, created_at
  )
  select v_tenant_id, m.product_id, m.order_item_id, m.reason, m.delta,
         sum(m.delta) over (partition by m.product_id order by m.at, m.order_item_id), m.note, m.at
    from moved as m
   order by m.at, m.order_item_id;
  update commerce.products as p
     set inventory_count = m.balance, reserved_count = m.sold
    from (
      select v.product_id, sum(v.delta) as balance, -sum(v.delta) filter (where v.reason = 'sale') as sold
        from commerce.inventory_movement as v
       where v.tenant_id = v_tenant_id and v.product_id = any (v_product_ids)
       group by v.product_id
    ) as m
   where p.tenant_id = v_tenant_id and p.id = m.product_id;

  perform internal.seed_demo_pay(
    (select array_agg(n.id)
       from unnest(v_order_ids, v_statuses) as n (id, status)
      where n.status in ('processing', 'shipped', 'delivered')),
    'mobile_money');
  foreach v_status in array array['confirmed', 'processing', 'shipped', 'delivered'] loop
    perform internal.seed_demo_fulfil(
      (select array_agg(n.id) from unnest(v_order_ids, v_statuses) as n (id, status) where n.status = v_status),
      v_status);
  end loop;

  -- With statistics of tables that were empty a minute ago, the next batch would be very slow. An update at
  -- each doubling is enough.
  if p_step & (p_step - 1) = 0 then
    perform internal.seed_demo_analyze();
  end if;
  return true;
end
$$;

alter function internal.seed_demo_batch(integer, integer, integer) owner to commerce_definer;
grant execute on function internal.seed_demo_batch(integer, integer, integer) to commerce_worker;
comment on function internal.seed_demo_batch(integer, integer, integer) is
  'Adds to the demo shop of this number, made if it is not there, 100 orders of 20 new customers, with 3 messages each, for 20 new products. The steps are numbered from 2; one that is there already is left alone (false). One step a transaction. SCVAL with the field.';
