create or replace function internal.cancel_locked_order(p_order commerce.orders, p_reason text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_taken record;
begin
  if exists (
    select
      from commerce.order_items as i
     where i.tenant_id = p_order.tenant_id and i.order_id = p_order.id and i.shipped_quantity > 0
  ) then
    raise exception using
      errcode = 'SCIMM',
      message = 'an order of which something has left is not cancelled',
      hint = 'api.correct_order_lines takes out what has not left.';
  end if;
  update commerce.fulfillment as f
     set status = 'cancelled', version = f.version
   where f.tenant_id = p_order.tenant_id
     and f.order_id = p_order.id
     and f.status in ('packed', 'ready_for_pickup');
  update commerce.orders as o
     set status = 'cancelled', cancelled_at = now(), cancellation_reason = p_reason, version = o.version
   where o.tenant_id = p_order.tenant_id and o.id = p_order.id;

  -- The units that the ledger records as taken go back, whatever the product's settings are by now; they are
  -- recorded as 'sale' again, so that the sum of an order's sales is what it really took. The products are
  -- locked in the order of their ids, as in place_order.
  for v_taken in
    select m.product_id, m.order_item_id, -sum(m.delta)::integer as quantity
      from commerce.order_items as i
      join commerce.inventory_movement as m on m.tenant_id = p_order.tenant_id and m.order_item_id = i.id
     where i.tenant_id = p_order.tenant_id and i.order_id = p_order.id and m.reason = 'sale'
     group by m.product_id, m.order_item_id
    having sum(m.delta) <> 0
     order by m.product_id, m.order_item_id
  loop
    perform internal.move_stock(
      v_taken.product_id, v_taken.quantity, 'sale', 'order cancelled', v_taken.order_item_id);
  end loop;

  perform internal.return_discount(p_order);
  perform internal.give_up_payment(p, 'staff')
     from commerce.payment as p
    where p.tenant_id = p_order.tenant_id
      and p.order_id = p_order.id
      and p.status in ('pending', 'requires_action', 'authorized');
  perform internal.refund_overpaid(p_order.tenant_id, p_order.id, p_reason);
end
$$;

grant execute on function internal.cancel_locked_order(commerce.orders, text) to commerce_definer;
comment on function internal.cancel_locked_order(commerce.orders, text) is
  'Cancels an order that the caller has locked: its parcels are taken apart, its stock and the use of its discount code go back, open payments are cancelled, and what was paid is to be refunded. SCIMM once something has left.';
