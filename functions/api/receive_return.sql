create or replace function api.receive_return(p_return_id uuid, p_lines jsonb, p_expected_version integer)
  returns api.order_returns
  language plpgsql
  volatile
  security definer  -- lends: writing returns, the lines of the order, and the stock
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_return commerce.order_returns := internal.return_for_update(p_return_id, p_expected_version, 'received');
  v_line record;
begin
  perform internal.receive_return_lines(v_return, p_lines);

  update commerce.order_returns as r
     set status = 'received',
         return_date = now(),
         returned_amount = (
           select sum(i.refund_amount)
             from commerce.order_return_items as i
            where i.tenant_id = v_return.tenant_id and i.order_return_id = v_return.id
         ),
         version = r.version
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;
  perform internal.pay_exchange(v_return);
  -- Nobody is promised more than the order has been paid too much by now, and has been promised already.
  update commerce.order_returns as r
     set refund_amount = least(
           r.returned_amount,
           internal.overpaid_amount(r.tenant_id, r.order_id) + coalesce((
             select sum(f.amount)
               from commerce.refund as f
              where f.tenant_id = r.tenant_id and f.order_return_id = r.id and f.status in ('pending', 'succeeded')
           ), 0))
   where r.tenant_id = v_return.tenant_id and r.id = v_return.id;

  -- In the order of product ids, as everyone takes and gives stock.
  for v_line in
    select i.id, o.product_id, i.restocked_quantity
      from commerce.order_return_items as i
      join commerce.order_items as o on o.tenant_id = v_return.tenant_id and o.id = i.order_item_id
     where i.tenant_id = v_return.tenant_id
       and i.order_return_id = v_return.id
       and i.restocked_quantity > 0
       -- What took nothing gives nothing back: its product's stock was not tracked then.
       and exists (
         select
           from commerce.inventory_movement as m
          where m.tenant_id = v_return.tenant_id and m.order_item_id = o.id and m.reason = 'sale'
       )
     order by o.product_id, i.id
  loop
    perform internal.move_stock(
      v_line.product_id, v_line.restocked_quantity, 'return_restock',
      p_return_item_id => v_line.id);
  end loop;

  -- Its money may have been given back before the goods came.
  perform internal.settle_return(v_return.tenant_id, v_return.id, now());

  -- An order of which everything came back is itself returned.
  update commerce.orders as o
     set status = 'returned', returned_at = now(), version = o.version
   where o.tenant_id = v_return.tenant_id
     and o.id = v_return.order_id
     and not exists (
       select
         from commerce.order_items as i
        where i.tenant_id = v_return.tenant_id
          and i.order_id = v_return.order_id
          and i.returned_quantity < i.quantity
     );
  return internal.return_view(v_return.id);
end
$$;

alter function api.receive_return(uuid, jsonb, integer) owner to commerce_definer;
grant execute on function api.receive_return(uuid, jsonb, integer) to commerce_member;
comment on function api.receive_return(uuid, jsonb, integer) is
  'The goods of a return have arrived: lines [{"order_item_id", "accepted_quantity", "restocked_quantity", "condition", "note"}], one for each line of the return. Sets what came back: the share of the price of the accepted units, tax and discount included; and what is to be refunded of it: at most what the order has been paid too much then, after what an exchange takes. Needs returns.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param lines {order_return_items[]: order_item_id! accepted_quantity! restocked_quantity condition note=store_note} One for each line of the return.';
