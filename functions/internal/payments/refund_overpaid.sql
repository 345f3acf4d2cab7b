create or replace function internal.refund_overpaid(p_tenant_id uuid, p_order_id uuid, p_reason text)
  returns numeric
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_left numeric := internal.overpaid_amount(p_tenant_id, p_order_id);
  v_opened numeric := 0;
  v_payment commerce.payment;
  v_amount numeric;
  v_currency_code text := (
    select o.currency_code from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = p_order_id
  );
begin
  for v_payment in
    select p.*
      from commerce.payment as p
     where p.tenant_id = p_tenant_id
       and p.id in (
         select l.payment_id
           from commerce.money_allocation as l
          where l.tenant_id = p_tenant_id and l.order_id = p_order_id and l.account = 'order'
       )
     order by p.id
  loop
    exit when v_left <= 0;
    v_amount := least(v_left, internal.refundable_amount(v_payment, p_order_id, v_currency_code));
    if v_amount > 0 then
      -- No client can choose this key: a key that a client can choose might be taken by then.
      perform internal.open_refund(
        v_payment, p_order_id, v_amount, v_currency_code,
        case v_payment.payment_type when 'cash_on_delivery' then 'manual' else 'original_payment' end,
        internal.uuid_v7()::text, p_reason);
      v_left := v_left - v_amount;
      v_opened := v_opened + v_amount;
    end if;
  end loop;
  return v_opened;
end
$$;

grant execute on function internal.refund_overpaid(uuid, uuid, text) to commerce_definer;
comment on function internal.refund_overpaid(uuid, uuid, text) is
  'Writes refunds of all that an order has been paid too much and that is not on its way back yet; returns their sum. The caller has locked the order.';
