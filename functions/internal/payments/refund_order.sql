create or replace function internal.refund_order(p_order commerce.orders, p_reason text)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- Its key is nobody's: one that a client could choose would be taken by then.
  insert into commerce.refund (
    tenant_id, order_id, customer_id, seller_id, payment_id, currency_code, amount, idempotency_key, reason
  )
  select p.tenant_id, p.order_id, p.customer_id, p.seller_id, p.id, p.currency_code, r.amount,
         internal.uuid_v7()::text, p_reason
    from commerce.payment as p
   cross join lateral internal.refundable_amount(p.tenant_id, p.id) as r (amount)
   where p.tenant_id = p_order.tenant_id
     and p.order_id = p_order.id
     and p.status = 'succeeded'
     and r.amount > 0
$$;

grant execute on function internal.refund_order(commerce.orders, text) to commerce_definer;
comment on function internal.refund_order(commerce.orders, text) is
  'Writes refunds of all that was paid of an order and is not given back yet. The caller has locked the order.';
