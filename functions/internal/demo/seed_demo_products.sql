create or replace function internal.seed_demo_products(p_shop jsonb, p_seller_id uuid, p_edition integer)
  returns uuid[]
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  with made as (
    insert into commerce.products (
      tenant_id, seller_id, name, short_description, sku, product_type, price, currency_code, tax_rate,
      track_inventory, low_stock_threshold, published_at
    )
    select (select internal.tenant_id()), p_seller_id,
           a.value ->> 0 || case when p_edition > 1 then ' No. ' || p_edition else '' end,
           a.value ->> 1,
           upper(left(p_shop ->> 'name', 3)) || '-' || (p_edition * 100 + a.ordinality),
           case when s.is_service then 'service' else 'physical' end,
           (a.value ->> 2)::numeric, p_shop ->> 'currency_code', (p_shop ->> 'tax_rate')::numeric,
           not s.is_service, 5, now()
      from jsonb_array_elements(p_shop -> 'articles') with ordinality as a,
           lateral (select a.ordinality = jsonb_array_length(p_shop -> 'articles')) as s (is_service)
    returning id, sku
  )
  select array_agg(m.id order by m.sku) from made as m
$$;

grant execute on function internal.seed_demo_products(jsonb, uuid, integer) to commerce_definer;
comment on function internal.seed_demo_products(jsonb, uuid, integer) is
  'Puts the shop''s articles into its catalogue, without stock, and returns their ids in their order; every edition after the first has its number in its names.';
