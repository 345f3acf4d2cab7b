create or replace function api.start_processing(p_order_id uuid, p_expected_version integer)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the order's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'processing');
begin
  update commerce.orders as o
     set status = 'processing', version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;

  return internal.order_view(v_order.id);
end
$$;

alter function api.start_processing(uuid, integer) owner to commerce_definer;
grant execute on function api.start_processing(uuid, integer) to commerce_member, commerce_worker;
comment on function api.start_processing(uuid, integer) is
  'Starts the processing of a confirmed order. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
