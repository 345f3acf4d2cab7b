-- Undo: drop function internal.order_view(uuid);
-- Requires: functions/api/views/orders.sql
create or replace function internal.order_view(p_order_id uuid)
  returns api.orders
  language sql
  stable
  security invoker
  set search_path = ''
as $$
  select o.*
    from api.orders as o
   where o.tenant_id = internal.tenant_id() and o.id = p_order_id
$$;

grant execute on function internal.order_view(uuid) to commerce_definer;
comment on function internal.order_view(uuid) is 'An order as clients see it: what the order functions return.';
