-- Requires: functions/api/views/orders.sql
create or replace function internal.seed_demo_place(p_shop jsonb, p_order api.orders, p_person text)
  returns api.orders
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select o.*
    from api.place_order(
      'demo ' || p_order.id, p_order.id, p_order.version,
      p_addresses => internal.seed_demo_addresses(p_shop, p_person)) as o
$$;

grant execute on function internal.seed_demo_place(jsonb, api.orders, text) to commerce_definer;
comment on function internal.seed_demo_place(jsonb, api.orders, text) is
  'Places a demo order, to be sent to the person''s address.';
