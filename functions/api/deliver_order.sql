create or replace function api.deliver_order(p_order_id uuid, p_expected_version integer)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'delivered');
begin
  update commerce.orders as o
     set status = 'delivered', fulfillment_status = 'delivered', delivered_at = now(), version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;

  return internal.order_view(v_order.id);
end
$$;

alter function api.deliver_order(uuid, integer) owner to commerce_definer;
grant execute on function api.deliver_order(uuid, integer) to commerce_member, commerce_worker;
comment on function api.deliver_order(uuid, integer) is
  'An order has reached its buyer. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
