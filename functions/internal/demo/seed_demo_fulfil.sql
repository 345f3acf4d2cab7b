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
    exit when v_step = p_status;
  end loop;
end
$$;

grant execute on function internal.seed_demo_fulfil(uuid[], text) to commerce_definer;
comment on function internal.seed_demo_fulfil(uuid[], text) is
  'Takes placed demo orders step by step up to a status: confirmed, processing, shipped or delivered.';
