create or replace function internal.receive_goods(p_return commerce.order_returns, p_lines jsonb)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line record;
begin
  perform internal.receive_return_lines(p_return, p_lines);

  update commerce.order_returns as r
     set status = 'received',
         return_date = now(),
         returned_amount = (
           select sum(i.refund_amount)
             from commerce.order_return_items as i
            where i.tenant_id = p_return.tenant_id and i.order_return_id = p_return.id
         ),
         version = r.version
   where r.tenant_id = p_return.tenant_id and r.id = p_return.id;
  perform internal.pay_exchange(p_return);
  -- Nobody is promised more than the order has been paid too much by now, and has been promised already.
  update commerce.order_returns as r
     set refund_amount = least(
           r.returned_amount,
           internal.overpaid_amount(r.tenant_id, r.order_id) + coalesce((
             select sum(f.amount)
               from commerce.refund as f
              where f.tenant_id = r.tenant_id and f.order_return_id = r.id and f.status in ('pending', 'succeeded')
           ), 0))
   where r.tenant_id = p_return.tenant_id and r.id = p_return.id;

  -- The products are locked in the order of their ids, as in every transaction that changes stock.
  for v_line in
    select i.id, o.product_id, i.restocked_quantity
      from commerce.order_return_items as i
      join commerce.order_items as o on o.tenant_id = p_return.tenant_id and o.id = i.order_item_id
     where i.tenant_id = p_return.tenant_id
       and i.order_return_id = p_return.id
       and i.restocked_quantity > 0
       -- A line that took no stock gives none back: its product's stock was not tracked then.
       and exists (
         select
           from commerce.inventory_movement as m
          where m.tenant_id = p_return.tenant_id and m.order_item_id = o.id and m.reason = 'sale'
       )
     order by o.product_id, i.id
  loop
    perform internal.move_stock(
      v_line.product_id, v_line.restocked_quantity, 'return_restock',
      p_return_item_id => v_line.id);
  end loop;

  -- Its money may have been given back before the goods came.
  perform internal.settle_return(p_return.tenant_id, p_return.id, now());

  perform internal.follow_parcels(p_return.tenant_id, p_return.order_id);
end
$$;

grant execute on function internal.receive_goods(commerce.order_returns, jsonb) to commerce_definer;
comment on function internal.receive_goods(commerce.order_returns, jsonb) is
  'Receives the goods of a return that the caller has locked with its order: updates the stock, the amount to refund, and the order. SCNTF, SCVAL with the field.';
