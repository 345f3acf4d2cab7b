create or replace function internal.derive_payment(p_payment commerce.payment)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select internal.derive_money(p_payment.tenant_id, o.order_id)
    from (
      select p_payment.order_id
      union
      select l.order_id
        from commerce.money_allocation as l
       where l.tenant_id = p_payment.tenant_id and l.payment_id = p_payment.id
       order by 1
    ) as o
$$;

grant execute on function internal.derive_payment(commerce.payment) to commerce_definer;
comment on function internal.derive_payment(commerce.payment) is
  'Derives the balance of every order that a payment''s money is for.';
