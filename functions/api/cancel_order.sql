create or replace function api.cancel_order(
  p_order_id uuid,
  p_reason text,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the order's status and the stock
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'cancelled');
begin
  perform internal.require_text('reason', p_reason, 65536);

  perform internal.cancel_locked_order(v_order, p_reason);

  return internal.order_view(v_order.id);
end
$$;

alter function api.cancel_order(uuid, text, integer) owner to commerce_definer;
grant execute on function api.cancel_order(uuid, text, integer)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.cancel_order(uuid, text, integer) is
  'Cancels an order of which nothing has left the shop: its stock is released, open payments are cancelled, and what was paid is to be refunded. A buyer can cancel their own order until the shop confirms it. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCIMM, SCVAL.
@param reason {orders.cancellation_reason}';
