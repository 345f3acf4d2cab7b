-- Undo: drop function api.cancel_order(uuid, text, integer);
create or replace function api.cancel_order(
  p_order_id uuid,
  p_reason text,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the order's status and the stock
  set search_path = ''
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'cancelled');
  v_taken record;
begin
  perform internal.require_text('reason', p_reason, 65536);

  update commerce.orders as o
     set status = 'cancelled', cancelled_at = now(), cancellation_reason = p_reason, version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;

  -- What the ledger says was taken is what goes back, whatever the product's settings are by now; as
  -- 'sale' again, so that the sum of an order's sales is what it really took. In the order of
  -- product ids, as place_order takes.
  for v_taken in
    select m.product_id, m.order_item_id, -sum(m.delta)::integer as quantity
      from commerce.order_items as i
      join commerce.inventory_movement as m on m.tenant_id = v_order.tenant_id and m.order_item_id = i.id
     where i.tenant_id = v_order.tenant_id and i.order_id = v_order.id and m.reason = 'sale'
     group by m.product_id, m.order_item_id
     order by m.product_id, m.order_item_id
  loop
    perform internal.move_stock(
      v_taken.product_id, v_taken.quantity, 'sale', 'order cancelled', v_taken.order_item_id);
  end loop;

  return internal.order_view(v_order.id);
end
$$;

alter function api.cancel_order(uuid, text, integer) owner to commerce_definer;
grant execute on function api.cancel_order(uuid, text, integer)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.cancel_order(uuid, text, integer) is
  'Cancels an order that is not shipped and gives its stock back. A buyer cancels an own order until the shop confirms it. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
