create or replace function internal.receive_return_lines(p_return commerce.order_returns, p_lines jsonb)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line jsonb;
  v_field text;
  v_item commerce.order_return_items;
  v_accepted integer;
  v_restocked integer;
begin
  perform internal.refuse_faults(internal.received_line_faults(p_lines));
  for v_position in 0 .. jsonb_array_length(p_lines) - 1 loop
    v_line := p_lines -> v_position;
    v_field := format('lines[%s]', v_position);
    select i.*
      into v_item
      from commerce.order_return_items as i
     where i.tenant_id = p_return.tenant_id
       and i.order_return_id = p_return.id
       and i.order_item_id = (v_line ->> 'order_item_id')::uuid
       and i.accepted_quantity is null;
    if not found then
      perform internal.refuse_missing(v_field || '.order_item_id');
    end if;
    v_accepted := internal.read_integer(
      v_field || '.accepted_quantity', v_line -> 'accepted_quantity', 0, v_item.quantity);
    v_restocked := internal.read_integer(
      v_field || '.restocked_quantity', coalesce(v_line -> 'restocked_quantity', '0'), 0, v_accepted);

    -- The price of the units that came back so far, these included, less what was recorded for the others:
    -- rounding leaves nothing over when the last unit comes back, whatever was corrected in between.
    update commerce.order_return_items as i
       set accepted_quantity = v_accepted,
           restocked_quantity = v_restocked,
           condition = v_line ->> 'condition',
           store_note = v_line ->> 'note',
           refund_amount = greatest(internal.share_of(
             o.subtotal - o.discount_amount + case when r.prices_include_tax then 0 else o.tax_amount end,
             o.returned_quantity + v_accepted, o.quantity,
             o.currency_code) - b.amount, 0 * o.tax_amount),
           refund_tax_amount = greatest(internal.share_of(
             o.tax_amount, o.returned_quantity + v_accepted, o.quantity, o.currency_code) - b.tax, 0 * o.tax_amount)
      from commerce.order_items as o
      join commerce.orders as r on r.tenant_id = o.tenant_id and r.id = o.order_id
     cross join lateral (
       select coalesce(sum(e.refund_amount), 0) as amount, coalesce(sum(e.refund_tax_amount), 0) as tax
         from commerce.order_return_items as e
        where e.tenant_id = p_return.tenant_id
          and e.order_id = p_return.order_id
          and e.order_item_id = o.id
          and e.accepted_quantity is not null
     ) as b
     where i.tenant_id = p_return.tenant_id
       and i.id = v_item.id
       and o.tenant_id = p_return.tenant_id
       and o.id = i.order_item_id;
    update commerce.order_items as o
       set returned_quantity = o.returned_quantity + v_accepted
     where o.tenant_id = p_return.tenant_id and o.id = v_item.order_item_id;
  end loop;

  if exists (
    select
      from commerce.order_return_items as i
     where i.tenant_id = p_return.tenant_id and i.order_return_id = p_return.id and i.accepted_quantity is null
  ) then
    perform internal.refuse_input('lines', 'must say of every line of the return how many units are accepted');
  end if;
end
$$;

grant execute on function internal.receive_return_lines(commerce.order_returns, jsonb) to commerce_definer;
comment on function internal.receive_return_lines(commerce.order_returns, jsonb) is
  'Writes down what of each line of a return was accepted, and what its price was (SCNTF, SCVAL with the field).';
