create or replace function internal.refundable_amount(p_payment commerce.payment, p_order_id uuid, p_currency_code text)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- This is what the payment holds for the order, less what is on its way back already and what is disputed.
  select internal.in_currency(greatest(
           coalesce((
             select sum(l.amount)
               from commerce.money_allocation as l
              where l.tenant_id = p_payment.tenant_id
                and l.payment_id = p_payment.id
                and l.order_id = p_order_id
                and l.currency_code = p_currency_code
                and l.account in ('order', 'unallocated')
           ), 0)
           - coalesce((
             select sum(r.amount)
               from commerce.refund as r
              where r.tenant_id = p_payment.tenant_id
                and r.payment_id = p_payment.id
                and r.order_id = p_order_id
                and r.currency_code = p_currency_code
                and r.status = 'pending'
           ), 0)
           - case when p_currency_code = p_payment.currency_code then p_payment.disputed_amount else 0 end,
           0), p_currency_code)
$$;

grant execute on function internal.refundable_amount(commerce.payment, uuid, text) to commerce_definer;
comment on function internal.refundable_amount(commerce.payment, uuid, text) is
  'How much of a payment can be given back of an order, in a currency: what it holds for the order, less open refunds and what is disputed.';
