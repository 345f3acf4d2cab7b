create or replace function api.deliver_order(p_order_id uuid, p_expected_version integer)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing parcels and the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'delivered');
begin
  update commerce.fulfillment as f
     set status = 'delivered', delivered_at = now(), version = f.version
   where f.tenant_id = v_order.tenant_id and f.order_id = v_order.id and f.status = 'shipped';
  perform internal.follow_parcels(v_order.tenant_id, v_order.id);

  return internal.order_view(v_order.id);
end
$$;

alter function api.deliver_order(uuid, integer) owner to commerce_definer;
grant execute on function api.deliver_order(uuid, integer) to commerce_member, commerce_worker;
comment on function api.deliver_order(uuid, integer) is
  'Records that an order has reached its buyer, with every parcel that was on its way. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
