create or replace function internal.lose_money(p_payment commerce.payment, p_amount numeric, p_currency_code text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_left numeric := p_amount;
  v_held record;
begin
  -- The money is taken from the orders that hold it; the part that none of them holds is taken from the payment's own
  -- order.
  for v_held in
    select h.* from internal.held_money(p_payment, p_currency_code) as h
  loop
    exit when v_left = 0;
    perform internal.allocate(
      p_payment, v_held.order_id, v_held.account, 'lost', -least(v_left, v_held.amount), p_currency_code);
    v_left := v_left - least(v_left, v_held.amount);
  end loop;
  if v_left > 0 then
    perform internal.allocate(
      p_payment, p_payment.order_id,
      internal.money_account(p_payment.tenant_id, p_payment.order_id, p_currency_code),
      'lost', -v_left, p_currency_code);
  end if;
end
$$;

grant execute on function internal.lose_money(commerce.payment, numeric, text) to commerce_definer;
comment on function internal.lose_money(commerce.payment, numeric, text) is
  'Takes the amount of a lost dispute from what the payment''s money is for.';
