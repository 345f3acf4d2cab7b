-- Requires: functions/api/views/orders.sql
-- Requires: functions/internal/session/current_session.sql
create or replace function internal.order_view(p_order_id uuid)
  returns api.orders
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_session internal.session := internal.current_session();
  v_order api.orders;
begin
  select o.*
    into v_order
    from api.orders as o
   where o.tenant_id = v_session.tenant_id and o.id = p_order_id;
  -- Column privileges do not apply to a function's result: the columns that a buyer may not select are left out here.
  if not internal.is_staff(v_session) then
    v_order.metadata := '{}';
  end if;
  return v_order;
end
$$;

grant execute on function internal.order_view(uuid) to commerce_definer;
comment on function internal.order_view(uuid) is
  'An order as the caller may see it: what the order functions return.';
