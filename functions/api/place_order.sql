-- Locks are taken in the same order everywhere, so that there is no deadlock: the key, the
-- order, the products by id, the discount, and last the tenant's number series, which all its orders share.
create or replace function api.place_order(
  p_idempotency_key text,
  p_order_id uuid default null,
  p_expected_version integer default null,
  p_lines jsonb default null,
  p_customer_id uuid default null,
  p_channel text default null,
  p_addresses jsonb default '[]',
  p_channel_data jsonb default '{}',
  p_buyer_note text default null,
  p_expected_totals jsonb default null,
  p_discount_code text default null
)
  returns setof api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing orders, stock and history
  set search_path = pg_catalog, pg_temp
  -- For arrays of few ids the planner prefers a new plan at each call, but the planning costs more than the order.
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  -- A person who orders a million units learns how many there are; a shopper learns it only where the shop allows it.
  v_tells_stock boolean := v_own_id is null or exists (
    select
      from commerce.tenant as t
     where t.id = v_tenant_id and t.settings @> '{"tellShoppersStock": true}'
  );
  -- Each buyer has their own keys: one shopper's key neither blocks nor answers another's.
  v_operation text := concat_ws(' ', 'place_order', v_own_id);
  v_result jsonb;
  v_order_ids uuid[];
  v_order_id uuid;
  v_need record;
  v_product commerce.products;
  v_short_lines jsonb := jsonb '[]';
  v_taken_ids uuid[] := '{}'::uuid[];
begin
  if (p_order_id is null) = (p_lines is null) then
    perform internal.refuse_input('order_id', 'or lines must be given, and not both');
  end if;
  if p_lines is not null then
    perform internal.order_lines(p_lines);
    perform internal.require_in_set('channel', p_channel, 'orders', 'channel');
    -- A basket's version stands for the totals that it shows; lines show no totals.
    if v_own_id is not null and p_expected_totals is null then
      perform internal.refuse_input('expected_totals', 'must say what the lines cost in all');
    end if;
  elsif p_discount_code is not null then
    perform internal.refuse_input('discount_code', 'must be given with lines only: a basket has its own');
  end if;
  perform internal.order_addresses(p_addresses);
  perform internal.expected_totals(p_expected_totals);
  perform internal.refuse_faults(
    internal.object_fault('channel_data', p_channel_data),
    internal.length_fault('buyer_note', p_buyer_note, 65536),
    case when p_discount_code is not null then internal.text_fault('discount_code', p_discount_code, 40) end
  );

  v_result := internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_order_id, p_expected_version, p_lines, p_customer_id, p_channel, p_addresses,
      p_channel_data, p_buyer_note, p_expected_totals, p_discount_code));
  if v_result is not null then
    return query
      select o.*
        from jsonb_array_elements_text(v_result) as r (id), internal.order_view(r.id::uuid) as o
       where o.id is not null
       order by o.order_serial;
    return;
  end if;

  if v_own_id is not null then
    perform internal.refuse_barred(v_tenant_id, internal.user_id(), '{restrict, temp_ban, perm_ban}');
  end if;

  if p_order_id is not null then
    perform internal.order_for_update(p_order_id, p_expected_version, 'pending');
    v_order_ids := array[p_order_id];
  else
    v_order_ids := internal.create_drafts(p_lines, internal.customer_for_order(p_customer_id), p_channel);
    if p_discount_code is not null then
      perform internal.put_discount(v_order_ids, p_discount_code, 'discount_code');
    end if;
  end if;

  for v_need in
    select i.product_id, sum(i.quantity) as quantity, min(i.line_number) as line_number,
           min(o.channel) as channel, min(o.currency_code) as currency_code
      from commerce.orders as o
      join commerce.order_items as i on i.tenant_id = v_tenant_id and i.order_id = o.id
     where o.tenant_id = v_tenant_id and o.id = any (v_order_ids)
     group by i.product_id
     order by i.product_id
  loop
    update commerce.products as p
       set inventory_count = p.inventory_count - v_need.quantity,
           reserved_count = p.reserved_count + v_need.quantity
     where p.tenant_id = v_tenant_id
       and p.id = v_need.product_id
       and p.track_inventory
       and (p.allow_backorder or p.inventory_count >= v_need.quantity)
    returning p.* into v_product;
    if found then
      v_taken_ids := v_taken_ids || v_need.product_id;
    else
      select p.*
        into v_product
        from commerce.products as p
       where p.tenant_id = v_tenant_id and p.id = v_need.product_id;
      if v_product.track_inventory then
        v_short_lines := v_short_lines
          || internal.stock_shortage(
            v_need.product_id, v_need.quantity, case when v_tells_stock then v_product.inventory_count end);
      end if;
    end if;
    perform internal.require_for_sale(
      v_product, v_need.channel, v_need.currency_code,
      format('lines[%s].product_id', v_need.line_number - 1));
  end loop;
  if v_product is null then
    perform internal.refuse_input('order_id', 'must be an order with lines');
  elsif v_short_lines <> '[]' then
    perform internal.refuse_shortage(v_short_lines);
  end if;

  -- A basket may be days old, and nobody must pay a price that they have not seen.
  perform internal.require_seen_prices(v_order_ids, p_lines, p_expected_totals);
  perform internal.use_discount(o)
     from commerce.orders as o
    where o.tenant_id = v_tenant_id and o.id = any (v_order_ids) and o.discount_code is not null;

  -- The products are locked, so each line's balance follows from the last one's.
  insert into commerce.inventory_movement (
    tenant_id, product_id, delta, balance_after, reason, order_item_id
  )
  select v_tenant_id, i.product_id, -i.quantity,
         p.inventory_count + sum(i.quantity) over (partition by i.product_id order by i.line_number desc) - i.quantity,
         'sale', i.id
    from commerce.order_items as i
    join commerce.products as p on p.tenant_id = v_tenant_id and p.id = i.product_id
   where i.tenant_id = v_tenant_id
     and i.order_id = any (v_order_ids)
     and i.product_id = any (v_taken_ids)
   order by i.order_id, i.line_number;

  insert into commerce.order_address (
    tenant_id, order_id, customer_id, seller_id, kind, source_address_id, recipient_name, phone_number,
    street_address, apartment, landmark, city, state, postal_code, delivery_note, country, latitude, longitude
  )
  select v_tenant_id, o.id, o.customer_id, o.seller_id, a.kind, a.source_address_id, a.recipient_name,
         a.phone_number, a.street_address, a.apartment, a.landmark, a.city, a.state, a.postal_code,
         a.delivery_note, a.country, a.latitude, a.longitude
    from commerce.orders as o, internal.order_addresses(p_addresses) as a
   where o.tenant_id = v_tenant_id and o.id = any (v_order_ids);

  with latest as (
    select o.id as order_id, o.seller_id, o.channel, o.thread_id, m.channel_id, m.id as message_id
      from commerce.orders as o
      left join lateral (
        select h.channel_id, h.id
          from commerce.conversation_history as h
         where h.tenant_id = v_tenant_id and h.thread_id = o.thread_id
         order by h.occurred_at desc, h.id desc
         limit 1
      ) as m on true
     where o.tenant_id = v_tenant_id and o.id = any (v_order_ids)
  ), meta as (
    insert into commerce.order_channel_meta (
      tenant_id, order_id, seller_id, channel_type, channel_data, channel_id, conversation_history_id
    )
    select v_tenant_id, l.order_id, l.seller_id, l.channel, p_channel_data, l.channel_id, l.message_id
      from latest as l
  )
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, order_id)
  select v_tenant_id, l.thread_id, l.message_id, 'order_placed', l.order_id
    from latest as l
   where l.message_id is not null;

  perform internal.finish_idempotent(v_operation, p_idempotency_key, to_jsonb(v_order_ids));

  -- They are placed one after the other, so that the numbers follow the order of the sellers and not the planner.
  foreach v_order_id in array v_order_ids loop
    update commerce.orders as o
       set status = 'pending',
           order_number = internal.next_number('orders'),
           placed_at = now(),
           buyer_name = coalesce(b.full_name, c.display_name),
           buyer_phone = coalesce(b.phone_number, c.phone_number),
           buyer_email = coalesce(c.email, u.email),
           buyer_note = coalesce(p_buyer_note, o.buyer_note),
           version = o.version
      from commerce.customer as c
      join commerce.buyer_profile as b on b.tenant_id = v_tenant_id and b.id = c.id
      join commerce.users as u on u.tenant_id = v_tenant_id and u.id = b.user_id
     where o.tenant_id = v_tenant_id
       and o.id = v_order_id
       and c.tenant_id = v_tenant_id
       and c.id = o.customer_id;
  end loop;

  return query
    select o.*
      from unnest(v_order_ids) as r (id), internal.order_view(r.id) as o
     order by o.order_serial;
end
$$;

alter function api.place_order(text, uuid, integer, jsonb, uuid, text, jsonb, jsonb, text, jsonb, text)
  owner to commerce_definer;
grant execute on function api.place_order(text, uuid, integer, jsonb, uuid, text, jsonb, jsonb, text, jsonb, text)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.place_order(text, uuid, integer, jsonb, uuid, text, jsonb, jsonb, text, jsonb, text) is
  'Places a draft order (order_id and expected_version), or orders lines [{"product_id", "quantity", "metadata", "unit_price", "tax_rate"}] directly (with channel), split into one order for each seller; returns the orders. addresses: [{"kind", "recipient_name", "street_address", "city", "country", …}]. A repeat with the same key returns the same orders. SCPRM for a shopper who may not order because of a violation, SCLIM for more orders in a month than the plan allows, SCSTK with every line that exceeds the stock, SCPRC with the old and new prices of every line whose price or tax rate differs from what the basket shows or the line names, with the totals that differ from the expected ones (for lines, then with the prices of all of them), and with the shop''s rules for taxes where they changed, SCDSC where the discount code does not hold, SCIDM, SCVER, SCVRQ, SCTRN, SCNTF, SCVAL with the field.
@param order_id The draft to place, where no lines are given.
@param expected_version The draft''s version that was read.
@param lines {order_items[]: product_id! quantity! metadata unit_price tax_rate} The lines to order, where no draft is given; unit_price and tax_rate are what the buyer was shown.
@param addresses {order_address[]: kind! recipient_name! phone_number street_address! apartment landmark city! state postal_code delivery_note country! latitude longitude source_address_id} The addresses for shipping and billing: at most one of each kind.
@param expected_totals {orders[]: currency_code! total_amount!} The totals that the caller has read: one amount for each currency. A shopper who orders lines must name them. Staff and workers may leave them out: they speak for the shop, whose prices count.
@param discount_code A code for the lines that are ordered at once; each order of the code''s seller uses it.
@param channel_data {order_channel_meta.channel_data}';
