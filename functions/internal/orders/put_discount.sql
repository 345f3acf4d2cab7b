create or replace function internal.put_discount(p_order_ids uuid[], p_code text, p_field text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_discount commerce.discount;
  v_order commerce.orders;
begin
  select d.*
    into v_discount
    from commerce.discount as d
   where d.tenant_id = v_tenant_id and d.code = upper(btrim(p_code)) and d.is_active and not d.is_deleted;
  if not found then
    perform internal.refuse_missing(p_field);
  end if;

  for v_order in
    select o.*
      from unnest(p_order_ids) as r (id)
     cross join lateral (
        select o.* from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = r.id offset 0
      ) as o
     where o.seller_id = coalesce(v_discount.seller_id, o.seller_id)
  loop
    perform internal.require_discount(v_discount, v_order);
    update commerce.orders as o
       set discount_code = v_discount.code, version = o.version
     where o.tenant_id = v_tenant_id and o.id = v_order.id;
    perform internal.spread_discount(v_order.id);
  end loop;
  if not found then
    perform internal.refuse_discount('seller');
  elsif v_discount.used_count >= v_discount.max_uses then
    perform internal.refuse_discount('used_up');
  end if;
end
$$;

grant execute on function internal.put_discount(uuid[], text, text) to commerce_definer;
comment on function internal.put_discount(uuid[], text, text) is
  'Puts a discount code on the drafts of the code''s seller, in the place of their former code. SCNTF with the field, SCDSC with the reason.';
