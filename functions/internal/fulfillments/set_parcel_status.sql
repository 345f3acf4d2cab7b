create or replace function internal.set_parcel_status(p_fulfillment commerce.fulfillment, p_status text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  update commerce.fulfillment as f
     set status = p_status,
         delivered_at = case when p_status in ('delivered', 'collected') then now() end,
         version = f.version
   where f.tenant_id = p_fulfillment.tenant_id and f.id = p_fulfillment.id;
  -- A parcel that no carrier takes leaves the shop with its buyer.
  if p_status in ('delivered', 'collected') and p_fulfillment.status <> 'shipped' then
    perform internal.leave_shelf(p_fulfillment.tenant_id, array[p_fulfillment.id]);
  end if;
  perform internal.follow_parcels(p_fulfillment.tenant_id, p_fulfillment.order_id);
end
$$;

grant execute on function internal.set_parcel_status(commerce.fulfillment, text) to commerce_definer;
comment on function internal.set_parcel_status(commerce.fulfillment, text) is
  'Takes a parcel that the caller has locked to another status; stock and order follow.';
