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
  v_session internal.session := internal.current_session();
  v_tenant_id uuid := v_session.tenant_id;
  v_own_id uuid := internal.acting_customer(v_session);
  -- Each buyer has their own keys: one shopper's key neither blocks nor answers another's.
  v_operation text := concat_ws(' ', 'place_order', v_own_id);
  v_result jsonb;
  v_order commerce.orders;
  v_last_message commerce.conversation_history;
  v_customer_id uuid;
  v_lines jsonb;
  v_product_ids uuid[];
  v_order_ids uuid[];
  v_addresses commerce.order_address[];
begin
  if (p_order_id is null) = (p_lines is null) then
    perform internal.refuse_input('order_id', 'or lines must be given, and not both');
  end if;
  perform internal.refuse_faults(
    case when p_lines is not null then internal.order_line_faults(p_lines, 'lines') end,
    case when p_lines is not null then internal.set_fault('channel', p_channel, 'orders', 'channel') end,
    internal.order_address_faults(p_addresses),
    internal.object_fault('channel_data', p_channel_data),
    internal.length_fault('buyer_note', p_buyer_note, 65536),
    -- A basket's version stands for the totals that it shows; lines show no totals.
    case when p_lines is not null and v_own_id is not null and p_expected_totals is null then
      internal.fault('expected_totals', 'must say what the lines cost in all')
    end,
    internal.expected_total_faults(p_expected_totals),
    case
      when p_discount_code is not null and p_lines is null then
        internal.fault('discount_code', 'must be given with lines only: a basket has its own')
      when p_discount_code is not null then internal.text_fault('discount_code', p_discount_code, 40)
    end
  );
  v_lines := (select jsonb_agg(to_jsonb(l)) from internal.order_lines(p_lines) as l);
  v_addresses := array(select a from internal.order_addresses(p_addresses) as a);

  v_result := internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_order_id, p_expected_version, p_lines, p_customer_id, p_channel, p_addresses,
      p_channel_data, p_buyer_note, p_expected_totals, p_discount_code),
    v_tenant_id);
  if v_result is not null then
    return query
      select o.*
        from jsonb_array_elements_text(v_result) as r (id), internal.order_view(r.id::uuid) as o
       where o.id is not null
       order by o.order_serial;
    return;
  end if;

  if v_own_id is not null then
    perform internal.refuse_barred(v_tenant_id, v_session.user_id, '{restrict, temp_ban, perm_ban}');
  end if;

  if p_order_id is not null then
    v_order := internal.order_for_update(p_order_id, p_expected_version, 'pending');
    v_lines := (
      select jsonb_agg(to_jsonb(i))
        from commerce.order_items as i
       where i.tenant_id = v_tenant_id and i.order_id = p_order_id
    );
    if v_lines is null then
      perform internal.refuse_input('order_id', 'must be an order with lines');
    end if;
    v_order_ids := array[p_order_id];
  else
    v_customer_id := internal.customer_for_order(p_customer_id, v_own_id, v_tenant_id);
  end if;
  v_product_ids := array(select l.product_id from jsonb_to_recordset(v_lines) as l (product_id uuid));
  perform internal.take_stock(
    v_tenant_id, v_lines, v_product_ids, coalesce(v_order.channel, p_channel), v_order.currency_code);
  if p_order_id is null then
    v_order_ids := internal.create_orders(
      v_tenant_id, v_lines, v_product_ids, v_customer_id, p_channel, p_buyer_note, p_discount_code);
  end if;

  -- Below, offset 0 has the planner look each order up by its id: a plan for any shop would rather read all orders of
  -- one, which has few on the average.
  -- A basket may be days old, and nobody must pay a price that they have not seen.
  perform internal.require_seen_prices(
    v_tenant_id, v_lines, v_product_ids, v_order_ids, p_order_id is not null, p_expected_totals);
  if v_order.discount_code is not null or p_discount_code is not null then
    perform internal.use_discount(o)
       from unnest(v_order_ids) as r (id)
      cross join lateral (
        select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
      ) as o
      where o.discount_code is not null;
  end if;

  -- All units are off the stock already: each line's balance leaves in place those of the lines after it.
  insert into commerce.inventory_movement (
    tenant_id, product_id, order_item_id, created_by, delta, balance_after, reason
  )
  select v_tenant_id, i.product_id, i.id, v_session.user_id, -i.quantity,
         p.inventory_count
           + sum(i.quantity) over (partition by i.product_id)
           - sum(i.quantity) over (partition by i.product_id order by i.line_number),
         'sale'
    from unnest(v_order_ids) as r (id)
   cross join lateral (
      select i.* from commerce.order_items as i where i.tenant_id = v_tenant_id and i.order_id = r.id offset 0
    ) as i
    join commerce.products as p
      on p.tenant_id = v_tenant_id and p.id = any (v_product_ids) and p.id = i.product_id
   where p.track_inventory
   order by i.order_id, i.line_number;

  if v_addresses <> '{}' then
    insert into commerce.order_address (
      tenant_id, order_id, customer_id, seller_id, kind, source_address_id, recipient_name, phone_number,
      street_address, apartment, landmark, city, state, postal_code, delivery_note, country, latitude, longitude
    )
    select v_tenant_id, o.id, o.customer_id, o.seller_id, a.kind, a.source_address_id, a.recipient_name,
           a.phone_number, a.street_address, a.apartment, a.landmark, a.city, a.state, a.postal_code,
           a.delivery_note, a.country, a.latitude, a.longitude
      from unnest(v_order_ids) as r (id)
     cross join lateral (
        select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
      ) as o
     cross join unnest(v_addresses) as a;
  end if;

  if v_order.thread_id is not null then
    select h.*
      into v_last_message
      from commerce.conversation_history as h
     where h.tenant_id = v_tenant_id and h.thread_id = v_order.thread_id
     order by h.occurred_at desc, h.id desc
     limit 1;
  end if;
  insert into commerce.order_channel_meta (
    tenant_id, order_id, seller_id, channel_type, channel_data, channel_id, conversation_history_id
  )
  select v_tenant_id, o.id, o.seller_id, o.channel, p_channel_data, v_last_message.channel_id, v_last_message.id
    from unnest(v_order_ids) as r (id)
   cross join lateral (
      select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
    ) as o;
  if v_last_message.id is not null then
    insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, order_id)
    values (v_tenant_id, v_order.thread_id, v_last_message.id, 'order_placed', p_order_id);
  end if;

  perform internal.finish_idempotent(v_operation, p_idempotency_key, to_jsonb(v_order_ids), v_tenant_id);

  -- Drafts are placed one after the other, so that the numbers follow the order of the sellers and not the planner.
  if p_order_id is not null or p_discount_code is not null then
    for v_order in
      select o.*
        from unnest(v_order_ids) as r (id)
       cross join lateral (
          select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
        ) as o
       order by o.seller_id
    loop
      perform internal.place_draft(v_order, p_buyer_note);
    end loop;
  end if;

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
