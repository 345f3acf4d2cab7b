create or replace function internal.order_line_faults(p_lines jsonb, p_field text)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line jsonb;
  v_name text;
  v_faults jsonb[] := '{}'::jsonb[];
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    return internal.fault(p_field, 'must be an array of 1 to 100 lines');
  end if;

  for v_place in 0 .. jsonb_array_length(p_lines) - 1 loop
    v_line := p_lines -> v_place;
    v_name := format('%s[%s]', p_field, v_place);
    v_faults := v_faults || case
      when jsonb_typeof(v_line) <> 'object' then array[internal.object_fault(v_name, v_line)]
      else array[
        internal.object_fault(v_name, v_line),
        internal.uuid_fault(v_name || '.product_id', v_line ->> 'product_id'),
        internal.integer_fault(v_name || '.quantity', v_line -> 'quantity', 1, 1000000),
        internal.object_fault(v_name || '.metadata', coalesce(nullif(v_line -> 'metadata', 'null'), '{}')),
        internal.decimal_fault(v_name || '.unit_price', nullif(v_line -> 'unit_price', 'null')),
        internal.decimal_fault(v_name || '.tax_rate', nullif(v_line -> 'tax_rate', 'null'))
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.order_line_faults(jsonb, text) to commerce_definer;
comment on function internal.order_line_faults(jsonb, text) is
  'The faults of lines to order, 1 to 100 of [{"product_id", "quantity", "metadata", "unit_price", "tax_rate"}], each with its line and key.';
