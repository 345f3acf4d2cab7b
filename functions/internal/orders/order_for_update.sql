create or replace function internal.order_for_update(
  p_order_id uuid,
  p_expected_version integer,
  p_next_status text default null
)
  returns commerce.orders
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_order commerce.orders;
begin
  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id
     and o.id = p_order_id
     and not o.is_deleted
     and (v_own_id is null or o.customer_id = v_own_id)
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  end if;

  perform internal.require_version(p_expected_version, v_order.version, 'orders', v_order.id);
  if p_next_status is not null then
    perform internal.require_transition('orders.status', v_order.status, p_next_status);
  end if;
  return v_order;
end
$$;

grant execute on function internal.order_for_update(uuid, integer, text) to commerce_definer;
comment on function internal.order_for_update(uuid, integer, text) is
  'Locks an order that the caller may act on, at the version the caller read, for a change to the given status. SCPRM, SCNTF, SCVRQ, SCVER, SCTRN.';
