create or replace function internal.allocate(
  p_payment commerce.payment,
  p_order_id uuid,
  p_account text,
  p_cause text,
  p_amount numeric,
  p_currency_code text,
  p_refund_id uuid default null,
  p_reason text default null
)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.money_allocation (
    tenant_id, order_id, customer_id, seller_id, payment_id, refund_id, currency_code, amount, account, cause, reason
  )
  select o.tenant_id, o.id, o.customer_id, o.seller_id, p_payment.id, p_refund_id, p_currency_code, p_amount,
         p_account, p_cause, p_reason
    from commerce.orders as o
   where o.tenant_id = p_payment.tenant_id and o.id = p_order_id
$$;

grant execute on function internal.allocate(commerce.payment, uuid, text, text, numeric, text, uuid, text)
  to commerce_definer;
comment on function internal.allocate(commerce.payment, uuid, text, text, numeric, text, uuid, text) is
  'Writes one row of what a payment''s money is for.';
