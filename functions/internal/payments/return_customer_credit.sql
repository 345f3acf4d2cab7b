create or replace function internal.return_customer_credit(p_payment commerce.payment, p_amount numeric)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- The credit goes back to the grants that it was taken from, the last one first; each keeps its expiry.
  insert into commerce.customer_credit (
    tenant_id, customer_id, granted_by_id, payment_id, currency_code, amount, kind
  )
  select p_payment.tenant_id, p_payment.customer_id, s.granted_by_id, p_payment.id, p_payment.currency_code,
         least(s.taken, p_amount - s.before), 'returned'
    from (
      select t.granted_by_id, t.taken,
             coalesce(sum(t.taken) over (
               order by t.granted_by_id desc rows between unbounded preceding and 1 preceding), 0) as before
        from (
          select c.granted_by_id, -sum(c.amount) as taken
            from commerce.customer_credit as c
           where c.tenant_id = p_payment.tenant_id and c.payment_id = p_payment.id
           group by c.granted_by_id
        ) as t
    ) as s
   where s.taken > 0 and s.before < p_amount
$$;

grant execute on function internal.return_customer_credit(commerce.payment, numeric) to commerce_definer;
comment on function internal.return_customer_credit(commerce.payment, numeric) is
  'Gives store credit back that a payment spent. The caller has checked the amount.';
