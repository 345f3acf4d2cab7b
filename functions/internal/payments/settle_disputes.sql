create or replace function internal.settle_disputes(p_payment commerce.payment, p_currency_code text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_change numeric := internal.lost_amount(p_payment.tenant_id, p_payment.id, p_currency_code) + coalesce((
    select sum(l.amount)
      from commerce.money_allocation as l
     where l.tenant_id = p_payment.tenant_id
       and l.payment_id = p_payment.id
       and l.currency_code = p_currency_code
       and l.cause = 'lost'
  ), 0);
begin
  if v_change > 0 then
    perform internal.lose_money(p_payment, v_change, p_currency_code);
  elsif v_change < 0 then
    perform internal.regain_money(p_payment, -v_change, p_currency_code);
  end if;
end
$$;

grant execute on function internal.settle_disputes(commerce.payment, text) to commerce_definer;
comment on function internal.settle_disputes(commerce.payment, text) is
  'Takes from the orders what is newly lost to disputes, or gives them back what is no longer lost.';
