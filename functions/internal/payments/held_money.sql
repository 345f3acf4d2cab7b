create or replace function internal.held_money(p_payment commerce.payment, p_currency_code text)
  returns table (order_id uuid, account text, amount numeric)
  language sql
  stable
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
  select l.order_id, l.account, sum(l.amount)
    from commerce.money_allocation as l
   where l.tenant_id = p_payment.tenant_id
     and l.payment_id = p_payment.id
     and l.currency_code = p_currency_code
     and l.account in ('order', 'unallocated')
   group by l.order_id, l.account
  having sum(l.amount) > 0
   order by l.order_id <> p_payment.order_id, l.order_id, l.account
$$;

grant execute on function internal.held_money(commerce.payment, text) to commerce_definer;
comment on function internal.held_money(commerce.payment, text) is
  'The orders that hold money of a payment in a currency, and how much: the payment''s own order first, as money that goes back is taken from it first.';
