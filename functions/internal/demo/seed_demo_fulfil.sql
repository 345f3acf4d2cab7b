create or replace function internal.seed_demo_fulfil(p_order_ids uuid[], p_status text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_step text;
  v_fulfillment_ids uuid[];
begin
  foreach v_step in array array['confirmed', 'processing', 'shipped', 'delivered'] loop
    update commerce.orders as o
       set status = v_step,
           fulfillment_status = case v_step
             when 'shipped' then 'fulfilled' when 'delivered' then 'delivered' else o.fulfillment_status
           end,
           confirmed_at = case v_step
             when 'confirmed' then least(now(), o.placed_at + interval '1 hour') else o.confirmed_at
           end,
           shipped_at = case v_step
             when 'shipped' then least(now(), o.placed_at + interval '1 day') else o.shipped_at
           end,
           carrier = case v_step when 'shipped' then 'Rider' else o.carrier end,
           tracking_number = case v_step when 'shipped' then 'TRK-' || o.order_number else o.tracking_number end,
           delivered_at = case v_step when 'delivered' then least(now(), o.placed_at + interval '3 days') end,
           version = o.version
     where o.tenant_id = v_tenant_id and o.id = any (p_order_ids) and o.status <> v_step;
    if v_step = 'shipped' then
      with parcels as (
        insert into commerce.fulfillment (
          tenant_id, order_id, customer_id, seller_id, status, shipped_at, carrier, tracking_number, created_at
        )
        select v_tenant_id, o.id, o.customer_id, o.seller_id, 'shipped', o.shipped_at, o.carrier, o.tracking_number,
               o.shipped_at
          from commerce.orders as o
         where o.tenant_id = v_tenant_id and o.id = any (p_order_ids)
        returning id, order_id
      ), lines as (
        insert into commerce.fulfillment_item (
          tenant_id, order_id, customer_id, seller_id, fulfillment_id, order_item_id, quantity
        )
        select v_tenant_id, i.order_id, i.customer_id, i.seller_id, p.id, i.id, i.quantity
          from parcels as p
          join commerce.order_items as i on i.tenant_id = v_tenant_id and i.order_id = p.order_id
      )
      select array_agg(p.id) into v_fulfillment_ids from parcels as p;
      perform internal.leave_shelf(v_tenant_id, v_fulfillment_ids);
    elsif v_step = 'delivered' then
      update commerce.fulfillment as f
         set status = 'delivered', delivered_at = o.delivered_at, version = f.version
        from commerce.orders as o
       where f.tenant_id = v_tenant_id
         and f.order_id = any (p_order_ids)
         and o.tenant_id = v_tenant_id
         and o.id = f.order_id;
    end if;
    exit when v_step = p_status;
  end loop;
end
$$;

grant execute on function internal.seed_demo_fulfil(uuid[], text) to commerce_definer;
comment on function internal.seed_demo_fulfil(uuid[], text) is
  'Takes placed demo orders step by step up to a status: confirmed, processing, shipped or delivered.';
