create or replace function internal.require_product_fields(p_row jsonb)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_types constant jsonb := '{
    "sku": "string", "name": "string", "description": "string", "short_description": "string null",
    "product_type": "string", "currency_code": "string", "price": "number string",
    "compare_at_price": "number string null", "tax_rate": "number string", "inventory_count": "number",
    "low_stock_threshold": "number null", "track_inventory": "boolean", "allow_backorder": "boolean",
    "is_active": "boolean", "visible_channels": "array null", "metadata": "object"
  }'::jsonb;
  v_key text;
  v_type text;
begin
  if jsonb_typeof(p_row) is distinct from 'object' then
    perform internal.refuse_input('products', 'must hold objects');
  end if;
  for v_key, v_type in
    select f.key, jsonb_typeof(f.value) from jsonb_each(p_row) as f (key, value)
  loop
    if not v_types ? v_key then
      perform internal.refuse_input(left(v_key, 63), 'is no field of a product');
    elsif v_type <> all (string_to_array(v_types ->> v_key, ' ')) then
      perform internal.refuse_input(v_key, 'must be ' || replace(v_types ->> v_key, ' ', ' or '));
    end if;
  end loop;
end
$$;

grant execute on function internal.require_product_fields(jsonb) to commerce_definer;
comment on function internal.require_product_fields(jsonb) is
  'Refuses a row of an import that is not an object, or has fields that a product does not have, or fields of another type (SCVAL with the field).';
