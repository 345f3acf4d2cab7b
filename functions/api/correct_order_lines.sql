-- This locks in the same sequence as place_order: the order, and then the products by id.
create or replace function api.correct_order_lines(
  p_order_id uuid,
  p_reason text,
  p_expected_version integer,
  p_lines jsonb default '[]',
  p_new_lines jsonb default '[]'
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the lines of an order and the stock
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
declare
  v_order commerce.orders := internal.correctable_order_for_update(p_order_id, p_reason, p_expected_version);
  v_new_lines jsonb;
  v_product_ids uuid[] := '{}'::uuid[];
  v_line record;
  v_item commerce.order_items;
  v_least integer;
  v_short_line jsonb;
  v_short_lines jsonb := jsonb '[]';
  v_total numeric;
begin
  perform internal.refuse_faults(
    internal.line_quantity_faults(p_lines, 0),
    case when p_new_lines is distinct from '[]' then internal.order_line_faults(p_new_lines, 'new_lines') end
  );
  if p_new_lines is distinct from '[]' then
    v_new_lines := (select jsonb_agg(to_jsonb(l)) from internal.order_lines(p_new_lines) as l);
    v_product_ids := array(select l.product_id from jsonb_to_recordset(v_new_lines) as l (product_id uuid));
    perform internal.require_seen_prices(v_order.tenant_id, v_new_lines, v_product_ids);
  elsif p_lines = '[]' then
    perform internal.refuse_input('lines', 'or new_lines must be given');
  end if;
  v_product_ids := v_product_ids || array(
    select i.product_id
      from internal.line_quantities(p_lines) as c
      join commerce.order_items as i
        on i.tenant_id = v_order.tenant_id and i.order_id = v_order.id and i.id = c.order_item_id
  );
  perform
     from commerce.products as p
    where p.tenant_id = v_order.tenant_id and p.id = any (v_product_ids)
    order by p.id
      for no key update;

  -- Units that one line gives back can be taken by another line of the same call.
  for v_line in
    select c.*
      from internal.line_quantities(p_lines) as c
      left join lateral (
        select i.quantity
          from commerce.order_items as i
         where i.tenant_id = v_order.tenant_id and i.id = c.order_item_id
        offset 0
      ) as i on true
     order by c.quantity > i.quantity, c.line_index
  loop
    select i.*
      into v_item
      from commerce.order_items as i
     where i.tenant_id = v_order.tenant_id and i.order_id = v_order.id and i.id = v_line.order_item_id;
    if not found then
      perform internal.refuse_missing(format('lines[%s].order_item_id', v_line.line_index));
    end if;
    v_least := v_item.quantity - internal.unpacked_units(v_item);
    if v_line.quantity < v_least then
      perform internal.refuse_input(
        format('lines[%s].quantity', v_line.line_index), format('must be at least %s: so many are packed', v_least));
    end if;
    if v_line.quantity > v_item.quantity and v_order.seller_id = any (internal.banned_sellers()) then
      perform internal.refuse_input(
        format('lines[%s].quantity', v_line.line_index), 'must not rise: the seller is banned, and sells nothing');
    end if;
    v_short_line := internal.change_units(v_item, v_line.quantity);
    if v_short_line is not null then
      v_short_lines := v_short_lines || v_short_line;
    end if;
  end loop;
  if p_new_lines <> '[]' then
    v_short_lines := v_short_lines || internal.add_lines(v_order, p_new_lines);
  end if;
  if v_short_lines <> '[]' then
    perform internal.refuse_shortage(v_short_lines);
  end if;

  perform internal.spread_discount(v_order.id);
  perform internal.even_returns(v_order);
  select sum(i.quantity), count(*)
    into v_line
    from commerce.order_items as i
   where i.tenant_id = v_order.tenant_id and i.order_id = v_order.id;
  if v_line.sum = 0 then
    perform internal.refuse_input('lines', 'must leave something: api.cancel_order takes all back');
  elsif v_line.count > 100 then
    perform internal.refuse_input('new_lines', 'would be more than the 100 lines that an order has at most');
  end if;
  select o.total_amount
    into v_total
    from commerce.orders as o
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;
  perform internal.note_correction(v_order, 'lines', v_order.total_amount::text, v_total::text, p_reason);
  -- The units that remain may all have left the shop already.
  perform internal.follow_parcels(v_order.tenant_id, v_order.id);
  perform internal.follow_due_amount(v_order.tenant_id, v_order.id, v_order.due_amount);
  return internal.order_view(v_order.id);
end
$$;

alter function api.correct_order_lines(uuid, text, integer, jsonb, jsonb) owner to commerce_definer;
grant execute on function api.correct_order_lines(uuid, text, integer, jsonb, jsonb)
  to commerce_member, commerce_worker;
comment on function api.correct_order_lines(uuid, text, integer, jsonb, jsonb) is
  'Corrects the lines of a placed order until all its goods have left. The quantity of a line is changed at the price and the tax rate that were agreed, and 0 takes the line out; new lines get today''s price and tax rate, and the price is converted if the shop''s prices included tax at one time and not at the other. Stock, totals and balance follow: more is due, or an overpayment can be refunded. A discount is distributed again. Needs orders.manage. SCIMM, SCSTK with every line that exceeds the stock, SCPRC, SCNTF, SCPRM, SCVER, SCVRQ, SCVAL with the field.
@param reason The reason, for the order''s history.
@param lines? {order_items[]: order_item_id!=id quantity!} Lines of the order whose quantity changes.
@param new_lines? {order_items[]: product_id! quantity! metadata unit_price tax_rate} Lines that are added; unit_price and tax_rate are what the buyer was shown.';
