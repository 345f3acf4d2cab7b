create or replace function internal.read_product(p_row jsonb, p_former commerce.products)
  returns commerce.products
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_product commerce.products;
  v_minor_unit smallint;
  v_channel text;
begin
  perform internal.require_product_fields(p_row);

  -- Numbers are checked before they are read into columns, which would round them.
  select c.minor_unit
    into v_minor_unit
    from commerce.currency as c
   where c.code = coalesce(p_row ->> 'currency_code', p_former.currency_code);
  if not found then
    perform internal.refuse_input('currency_code', 'must be an ISO 4217 code');
  end if;
  perform internal.require_amount(
    'price', coalesce(internal.read_amount('price', p_row -> 'price'), p_former.price), v_minor_unit);
  if internal.read_amount('tax_rate', p_row -> 'tax_rate') >= 1
    or min_scale((p_row ->> 'tax_rate')::numeric) > 4
  then
    perform internal.refuse_input('tax_rate', 'must be a share from 0 to below 1, with at most 4 decimals');
  end if;
  if p_row ->> 'compare_at_price' is not null then
    perform internal.require_amount(
      'compare_at_price', internal.read_amount('compare_at_price', p_row -> 'compare_at_price'), v_minor_unit);
  end if;
  if p_row ->> 'low_stock_threshold' is not null then
    perform internal.read_integer('low_stock_threshold', p_row -> 'low_stock_threshold', 0, 999999999);
  end if;

  for v_channel in
    select case jsonb_typeof(c.value) when 'string' then c.value #>> '{}' end
      from jsonb_array_elements(nullif(p_row -> 'visible_channels', 'null')) as c (value)
  loop
    perform internal.require_in_set('visible_channels', v_channel, 'channel', 'channel_type');
  end loop;

  v_product := jsonb_populate_record(p_former, p_row - 'inventory_count');
  perform internal.refuse_faults(
    internal.text_fault('name', v_product.name, 200),
    internal.length_fault('description', v_product.description, 65536),
    internal.length_fault('short_description', v_product.short_description, 65536),
    internal.set_fault('product_type', v_product.product_type, 'products', 'product_type'),
    internal.object_fault('metadata', v_product.metadata),
    case when cardinality(v_product.visible_channels) > 100
      then internal.fault('visible_channels', 'must have at most 100 entries') end
  );
  if v_product.compare_at_price is not null then
    perform internal.require_amount('compare_at_price', v_product.compare_at_price, v_minor_unit);
  end if;
  if v_product.compare_at_price <= v_product.price then
    perform internal.refuse_input('compare_at_price', 'must be above price');
  end if;
  return v_product;
end
$$;

grant execute on function internal.read_product(jsonb, commerce.products) to commerce_definer;
comment on function internal.read_product(jsonb, commerce.products) is
  'The product after a row of an import; columns that the row leaves out stay as they are. SCVAL and SCAMT with the field.';
