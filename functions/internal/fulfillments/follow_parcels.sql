create or replace function internal.follow_parcels(p_tenant_id uuid, p_order_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text;
  v_units record;
begin
  select o.status into v_status from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = p_order_id;
  select sum(i.quantity) as ordered, sum(i.shipped_quantity) as left_shop, sum(i.returned_quantity) as returned
    into v_units
    from commerce.order_items as i
   where i.tenant_id = p_tenant_id and i.order_id = p_order_id;

  if v_status = 'processing' and v_units.left_shop > 0 then
    v_status := case v_units.left_shop when v_units.ordered then 'shipped' else v_status end;
    update commerce.orders as o
       set status = v_status,
           fulfillment_status = case v_status when 'shipped' then 'fulfilled' else 'partially_fulfilled' end,
           shipped_at = case v_status when 'shipped' then now() end,
           version = o.version
     where o.tenant_id = p_tenant_id
       and o.id = p_order_id
       and (v_status = 'shipped' or o.fulfillment_status = 'unfulfilled');
  end if;
  -- Nothing is on its way: all of it has arrived, or has come back, or will not.
  if v_status = 'shipped' and v_units.returned < v_units.ordered and not exists (
    select
      from commerce.fulfillment as f
     where f.tenant_id = p_tenant_id and f.order_id = p_order_id and f.status = 'shipped'
  ) then
    update commerce.orders as o
       set status = 'delivered', fulfillment_status = 'delivered', delivered_at = now(), version = o.version
     where o.tenant_id = p_tenant_id and o.id = p_order_id;
  end if;
  if v_status in ('shipped', 'delivered') and v_units.returned = v_units.ordered then
    update commerce.orders as o
       set status = 'returned', returned_at = now(), version = o.version
     where o.tenant_id = p_tenant_id and o.id = p_order_id;
  end if;
  perform internal.follow_due_amount(p_tenant_id, p_order_id);
end
$$;

grant execute on function internal.follow_parcels(uuid, uuid) to commerce_definer;
comment on function internal.follow_parcels(uuid, uuid) is
  'The states of an order that the caller has locked follow from its parcels and returns: partially fulfilled once something has left, shipped once all has, delivered once nothing is on its way, returned once all has come back. A payment that waits ends once nothing is due.';
