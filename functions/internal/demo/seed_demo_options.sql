-- Requires: functions/api/views/orders.sql
create or replace function internal.seed_demo_options(p_order api.orders, p_product_id uuid, p_number integer)
  returns api.orders
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order api.orders := p_order;
begin
  v_order := api.set_order_line(v_order.id, p_product_id, 2, v_order.version, '{"gift_wrapping": "none"}');
  v_order := api.set_order_line(v_order.id, p_product_id, 1, v_order.version, '{"gift_wrapping": "red"}');
  return case p_number
    when 6 then api.set_order_charges(v_order.id, 500, null, 'Two gifts at once', v_order.version, 0.05)
    else api.set_order_charges(v_order.id, 500, 250, 'The last ones had a scratch', v_order.version)
  end;
end
$$;

grant execute on function internal.seed_demo_options(api.orders, uuid, integer) to commerce_definer;
comment on function internal.seed_demo_options(api.orders, uuid, integer) is
  'Puts a product into a basket of a demo shop with two choices of options, and gives its buyer a discount: a percentage (6) or a sum.';
