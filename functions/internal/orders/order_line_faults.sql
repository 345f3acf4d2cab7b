create or replace function internal.order_line_faults(p_lines jsonb, p_field text)
  returns jsonb
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    return internal.fault(p_field, 'must be an array of 1 to 100 lines');
  end if;

  return (
    select jsonb_agg(f.fault order by l.place, f.place)
      from jsonb_array_elements(p_lines) with ordinality as l (line, place)
     cross join format('%s[%s]', p_field, l.place - 1) as n (name)
     cross join unnest(
             case
               when jsonb_typeof(l.line) <> 'object' then array[internal.object_fault(n.name, l.line)]
               else array[
                 internal.object_fault(n.name, l.line),
                 internal.uuid_fault(n.name || '.product_id', l.line ->> 'product_id'),
                 internal.integer_fault(n.name || '.quantity', l.line -> 'quantity', 1, 1000000),
                 internal.object_fault(n.name || '.metadata', coalesce(nullif(l.line -> 'metadata', 'null'), '{}')),
                 internal.decimal_fault(n.name || '.unit_price', nullif(l.line -> 'unit_price', 'null')),
                 internal.decimal_fault(n.name || '.tax_rate', nullif(l.line -> 'tax_rate', 'null'))
               ]
             end) with ordinality as f (fault, place)
     where f.fault is not null
  );
end
$$;

grant execute on function internal.order_line_faults(jsonb, text) to commerce_definer;
comment on function internal.order_line_faults(jsonb, text) is
  'The faults of lines to order, 1 to 100 of [{"product_id", "quantity", "metadata", "unit_price", "tax_rate"}], each with its line and key.';
