create or replace function internal.return_discount(p_order commerce.orders)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  update commerce.discount as d
     set used_count = d.used_count - 1
   where d.tenant_id = p_order.tenant_id and d.code = p_order.discount_code and p_order.status <> 'draft'
$$;

grant execute on function internal.return_discount(commerce.orders) to commerce_definer;
comment on function internal.return_discount(commerce.orders) is
  'Gives back the use of a discount code that an order has taken, when it is cancelled.';
