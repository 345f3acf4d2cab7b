-- Requires: functions/api/views/orders.sql
create or replace function internal.seed_demo_basket(p_shop jsonb, p_order api.orders)
  returns api.orders
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order api.orders := p_order;
begin
  insert into commerce.discount (tenant_id, code, rate, max_uses, max_uses_per_customer, starts_at, ends_at)
  values (
    internal.require_tenant(), 'WELCOME10', 0.1, 100, 1, now() - interval '1 day', now() + interval '90 days'
  );
  v_order := api.set_order_charges(v_order.id, 500, null, 'To the door', v_order.version);
  v_order := api.set_order_fee(
    v_order.id, 'cash_on_delivery', 150, (p_shop ->> 'tax_rate')::numeric, v_order.version);
  return api.set_discount_code(v_order.id, 'WELCOME10', v_order.version);
end
$$;

grant execute on function internal.seed_demo_basket(jsonb, api.orders) to commerce_definer;
comment on function internal.seed_demo_basket(jsonb, api.orders) is
  'Gives a basket of the demo shop its shipping, a fee and the shop''s discount code.';
