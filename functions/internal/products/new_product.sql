create or replace function internal.new_product()
  returns commerce.products
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_populate_record(
           null::commerce.products,
           jsonb_build_object(
             'currency_code', t.default_currency, 'tax_rate', 0, 'track_inventory', true,
             'allow_backorder', false, 'is_active', true, 'description', '', 'product_type', 'physical',
             'metadata', '{}'::jsonb, 'inventory_count', 0, 'on_hand_count', 0))
    from commerce.tenant as t
   where t.id = internal.tenant_id()
$$;

grant execute on function internal.new_product() to commerce_definer;
comment on function internal.new_product() is
  'A new product before the values of an import''s row: with the defaults of its columns, and the tenant''s currency.';
