create or replace function internal.import_product(
  p_row jsonb,
  p_seller_id uuid,
  p_limit integer,
  p_used integer,
  out product_id uuid,
  out outcome text
)
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_former commerce.products;
  v_product commerce.products;
  v_delta integer := 0;
begin
  perform internal.require_text('sku', p_row ->> 'sku', 255);
  select p.*
    into v_former
    from commerce.products as p
   where p.tenant_id = v_tenant_id and p.sku = p_row ->> 'sku' and not p.is_deleted
     for no key update;
  product_id := v_former.id;
  if v_former.seller_id <> p_seller_id then
    raise exception using
      errcode = 'SCDUP',
      message = 'another seller has this sku',
      detail = json_build_object('field', 'sku')::text;
  elsif product_id is null and p_used >= p_limit then
    raise exception using
      errcode = 'SCLIM',
      message = 'the plan allows no further product',
      detail = json_build_object('metric', 'products', 'limit', p_limit, 'used', p_used)::text;
  elsif product_id is null then
    v_former := internal.new_product();
  end if;

  v_product := internal.read_product(p_row, v_former);
  if p_row ? 'inventory_count' then
    perform internal.require_permission('inventory.manage');
    v_delta := internal.read_integer('inventory_count', p_row -> 'inventory_count', 0, 1000000)
      - v_former.on_hand_count;
  end if;
  if v_former.inventory_count + v_delta < 0 and not v_product.allow_backorder then
    perform internal.refuse_input('allow_backorder', 'must stay true while the stock is below zero');
  end if;

  outcome := case when product_id is null then 'created' when v_delta <> 0 then 'updated' else 'unchanged' end;
  if product_id is null then
    insert into commerce.products (
      tenant_id, seller_id, price, compare_at_price, currency_code, tax_rate, low_stock_threshold,
      track_inventory, allow_backorder, is_active, name, description, short_description, sku, product_type,
      visible_channels, metadata
    )
    values (
      v_tenant_id, p_seller_id, v_product.price, v_product.compare_at_price, v_product.currency_code,
      v_product.tax_rate, v_product.low_stock_threshold, v_product.track_inventory, v_product.allow_backorder,
      v_product.is_active, v_product.name, v_product.description, v_product.short_description, v_product.sku,
      v_product.product_type, v_product.visible_channels, v_product.metadata
    )
    returning id into product_id;
  end if;
  -- The stock is set first: it may have to rise before back-orders can end.
  if v_delta <> 0 then
    perform internal.move_stock(product_id, v_delta, 'import');
  end if;
  if outcome <> 'created' and v_product is distinct from v_former then
    update commerce.products as p
       set price = v_product.price,
           compare_at_price = v_product.compare_at_price,
           currency_code = v_product.currency_code,
           tax_rate = v_product.tax_rate,
           low_stock_threshold = v_product.low_stock_threshold,
           track_inventory = v_product.track_inventory,
           allow_backorder = v_product.allow_backorder,
           is_active = v_product.is_active,
           name = v_product.name,
           description = v_product.description,
           short_description = v_product.short_description,
           product_type = v_product.product_type,
           visible_channels = v_product.visible_channels,
           metadata = v_product.metadata,
           version = p.version
     where p.tenant_id = v_tenant_id and p.id = v_former.id;
    outcome := 'updated';
  end if;
end
$$;

grant execute on function internal.import_product(jsonb, uuid, integer, integer) to commerce_definer;
comment on function internal.import_product(jsonb, uuid, integer, integer) is
  'Makes or changes the product of one row of an import, for one seller. outcome: created, updated or unchanged. SCVAL, SCAMT, SCDUP, SCPRM, SCLIM.';
