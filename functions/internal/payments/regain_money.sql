create or replace function internal.regain_money(p_payment commerce.payment, p_amount numeric, p_currency_code text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_left numeric := p_amount;
  v_lost record;
  v_part numeric;
begin
  for v_lost in
    select l.order_id, l.account,
           -sum(l.amount) filter (where l.cause = 'lost') as amount,
           coalesce(sum(l.amount) filter (where l.cause = 'written_off'), 0) as written_off
      from commerce.money_allocation as l
     where l.tenant_id = p_payment.tenant_id
       and l.payment_id = p_payment.id
       and l.currency_code = p_currency_code
       and l.account in ('order', 'unallocated')
     group by l.order_id, l.account
    having sum(l.amount) filter (where l.cause = 'lost') < 0
     order by l.order_id <> p_payment.order_id, l.order_id, l.account
  loop
    exit when v_left = 0;
    v_part := least(v_left, v_lost.amount);
    perform internal.allocate(p_payment, v_lost.order_id, v_lost.account, 'lost', v_part, p_currency_code);
    v_left := v_left - v_part;
    -- A loss that was written off is none any more.
    v_part := least(v_part, v_lost.written_off);
    if v_part > 0 then
      perform internal.allocate(
        p_payment, v_lost.order_id, a.account, 'written_off', a.sign * v_part, p_currency_code)
         from (values (v_lost.account, -1), ('loss', 1)) as a (account, sign);
    end if;
  end loop;
end
$$;

grant execute on function internal.regain_money(commerce.payment, numeric, text) to commerce_definer;
comment on function internal.regain_money(commerce.payment, numeric, text) is
  'Gives back to the orders what a dispute had taken from them, as it was won after all. What was written off because of it is written off no more.';
