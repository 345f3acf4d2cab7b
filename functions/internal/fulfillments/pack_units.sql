create or replace function internal.pack_units(p_order commerce.orders, p_method text, p_lines jsonb default null)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fulfillment_id uuid;
  v_line record;
  v_item commerce.order_items;
  v_left integer;
begin
  perform internal.refuse_faults(internal.line_quantity_faults(coalesce(p_lines, '[]'), 1));
  insert into commerce.fulfillment (tenant_id, order_id, customer_id, seller_id, method)
  values (p_order.tenant_id, p_order.id, p_order.customer_id, p_order.seller_id, p_method)
  returning id into v_fulfillment_id;

  for v_line in
    select i.id as order_item_id, internal.unpacked_units(i) as quantity, i.line_number as line_index
      from commerce.order_items as i
     where p_lines is null and i.tenant_id = p_order.tenant_id and i.order_id = p_order.id
    union all
    select l.order_item_id, l.quantity, l.line_index
      from internal.line_quantities(coalesce(p_lines, '[]')) as l
     order by line_index
  loop
    select i.*
      into v_item
      from commerce.order_items as i
     where i.tenant_id = p_order.tenant_id and i.order_id = p_order.id and i.id = v_line.order_item_id;
    if not found then
      perform internal.refuse_missing(format('lines[%s].order_item_id', v_line.line_index));
    end if;
    v_left := internal.unpacked_units(v_item);
    if v_line.quantity > v_left then
      perform internal.refuse_input(
        format('lines[%s].quantity', v_line.line_index), format('must be at most %s: the rest is packed already', v_left));
    elsif p_method = 'digital' and exists (
      select
        from commerce.products as p
       where p.tenant_id = p_order.tenant_id and p.id = v_item.product_id and p.product_type = 'physical'
    ) then
      perform internal.refuse_input('method', 'must not be digital: a line is of goods that are carried');
    end if;
    insert into commerce.fulfillment_item (
      tenant_id, order_id, customer_id, seller_id, fulfillment_id, order_item_id, quantity
    )
    select p_order.tenant_id, p_order.id, p_order.customer_id, p_order.seller_id, v_fulfillment_id, v_item.id,
           v_line.quantity
     where v_line.quantity > 0;
  end loop;
  return v_fulfillment_id;
end
$$;

grant execute on function internal.pack_units(commerce.orders, text, jsonb) to commerce_definer;
comment on function internal.pack_units(commerce.orders, text, jsonb) is
  'Packs units of an order that the caller has locked into a new parcel: those named, or all that are in none. SCNTF, SCVAL with the line.';
