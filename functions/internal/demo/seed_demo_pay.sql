create or replace function internal.seed_demo_pay(p_order_ids uuid[], p_payment_type text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_payment commerce.payment;
begin
  insert into commerce.payment (
    tenant_id, order_id, customer_id, seller_id, currency_code, amount, payment_type, provider, provider_reference,
    idempotency_key, status, succeeded_at, created_at
  )
  select v_tenant_id, o.id, o.customer_id, o.seller_id, o.currency_code, o.total_amount, p_payment_type, 'demo',
         'PAY-' || o.order_number, 'demo ' || o.order_number, 'succeeded', o.placed_at, o.placed_at
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = any (p_order_ids)
   order by o.order_number;
  for v_payment in
    select p.*
      from commerce.payment as p
     where p.tenant_id = v_tenant_id and p.order_id = any (p_order_ids)
     order by p.id
  loop
    perform internal.record_payment_event(
      v_payment, 'captured', v_payment.amount, 'webhook', 'demo captured', v_payment.created_at);
    perform internal.derive_money(v_tenant_id, v_payment.order_id);
  end loop;
end
$$;

grant execute on function internal.seed_demo_pay(uuid[], text) to commerce_definer;
comment on function internal.seed_demo_pay(uuid[], text) is 'Pays demo orders in full.';
