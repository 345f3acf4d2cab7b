create or replace function internal.derive_payment(p_payment commerce.payment)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order_ids uuid[] := array(
    select p_payment.order_id
    union
    select l.order_id
      from commerce.money_allocation as l
     where l.tenant_id = p_payment.tenant_id and l.payment_id = p_payment.id
     order by 1
  );
begin
  perform internal.derive_money(p_payment.tenant_id, o.id) from unnest(v_order_ids) as o (id);
  -- What came, or came back, may be all that another payment of the order still asks for.
  perform internal.follow_due_amount(p_payment.tenant_id, o.id) from unnest(v_order_ids) as o (id);
end
$$;

grant execute on function internal.derive_payment(commerce.payment) to commerce_definer;
comment on function internal.derive_payment(commerce.payment) is
  'Derives the balance of every order that a payment''s money is for; open payments of these orders follow it.';
