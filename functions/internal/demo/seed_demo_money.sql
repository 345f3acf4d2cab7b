create or replace function internal.seed_demo_money(p_order_id uuid, p_customer_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_currency_code text := (
    select o.currency_code from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = p_order_id
  );
  v_source text;
  v_event_id text;
begin
  perform api.adjust_order(p_order_id, 100, 'fee', 'Gift wrapping', 'demo adjustment');
  -- What staff read at the provider and the provider's own report of it are one fact.
  for v_source, v_event_id in
    values ('staff', 'demo dispute read'), ('webhook', 'demo disputed'), ('webhook', 'demo dispute won')
  loop
    perform internal.apply_payment_event(
      array[p.id], case v_event_id when 'demo dispute won' then 'dispute_won' else 'disputed' end, 200, null, v_event_id,
      now(), v_source)
       from commerce.payment as p
      where p.tenant_id = v_tenant_id and p.order_id = p_order_id;
  end loop;
  perform internal.grant_customer_credit(
    v_tenant_id, p_customer_id, 500, v_currency_code, null, 'The parcel came late.');
  perform internal.keep_inbound_event(
    v_tenant_id, 'demo', 'REF-UNKNOWN', 'demo-unknown', 'captured', 700, v_currency_code, now());
end
$$;

grant execute on function internal.seed_demo_money(uuid, uuid) to commerce_definer;
comment on function internal.seed_demo_money(uuid, uuid) is
  'An adjustment of a demo order, a dispute of its payment that was won, store credit for its buyer, and money with an unknown reference.';
