create or replace function internal.correctable_order_for_update(p_order_id uuid, p_reason text, p_expected_version integer)
  returns commerce.orders
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders;
begin
  perform internal.require_permission('orders.manage');
  v_order := internal.order_for_update(p_order_id, p_expected_version);
  perform internal.require_text('reason', p_reason, 2000);
  if v_order.status not in ('pending', 'confirmed', 'processing') then
    raise exception using
      errcode = 'SCIMM',
      message = 'an order is corrected after it was placed and before all its goods have left',
      detail = json_build_object('field', 'order_id', 'status', v_order.status)::text;
  end if;
  update commerce.orders as o
     set version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;
  return v_order;
end
$$;

grant execute on function internal.correctable_order_for_update(uuid, text, integer) to commerce_definer;
comment on function internal.correctable_order_for_update(uuid, text, integer) is
  'Locks a placed order that staff correct, at the version they read. SCIMM once all its goods have left; SCPRM, SCNTF, SCVRQ, SCVER, SCVAL.';
