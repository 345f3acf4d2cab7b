create or replace function internal.pay_exchange(p_return commerce.order_returns)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_left numeric;
  v_amount numeric;
  v_payment commerce.payment;
  v_currency_code text;
begin
  select least(internal.overpaid_amount(p_return.tenant_id, p_return.order_id), o.due_amount), o.currency_code
    into v_left, v_currency_code
    from commerce.orders as o
   where o.tenant_id = p_return.tenant_id and o.id = p_return.exchange_order_id and o.status <> 'cancelled';
  for v_payment in
    select p.*
      from commerce.payment as p
     where p.tenant_id = p_return.tenant_id
       and v_left > 0
       and p.id in (
         select l.payment_id
           from commerce.money_allocation as l
          where l.tenant_id = p_return.tenant_id and l.order_id = p_return.order_id and l.account = 'order'
       )
     order by p.id
  loop
    v_amount := least(v_left, internal.refundable_amount(v_payment, p_return.order_id, v_currency_code));
    if v_amount > 0 then
      perform internal.allocate(
        v_payment, a.order_id, 'order', 'moved', a.sign * v_amount, v_currency_code, p_reason => 'exchange')
         from (values (p_return.order_id, -1), (p_return.exchange_order_id, 1)) as a (order_id, sign);
      perform internal.derive_payment(v_payment);
      v_left := v_left - v_amount;
    end if;
  end loop;
  perform internal.follow_due_amount(p_return.tenant_id, p_return.exchange_order_id);
end
$$;

grant execute on function internal.pay_exchange(commerce.order_returns) to commerce_definer;
comment on function internal.pay_exchange(commerce.order_returns) is
  'Pays the order of an exchange with what the returned order has been paid too much and is not on its way back. The caller has locked both orders.';
