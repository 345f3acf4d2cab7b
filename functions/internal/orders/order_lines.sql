create or replace function internal.order_lines(
  p_lines jsonb,
  p_field text default 'lines',
  out line_number integer,
  out product_id uuid,
  out quantity integer,
  out metadata jsonb,
  out unit_price numeric,
  out tax_rate numeric
)
  returns setof record
  language plpgsql
  immutable
  security invoker
  rows 10  -- a basket's size; without it the planner counts with a thousand
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    perform internal.refuse_input(p_field, 'must be an array of 1 to 100 lines');
  end if;

  perform internal.refuse_faults(jsonb_agg(f.fault order by l.place, f.place))
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
    where f.fault is not null;

  return query
    select l.place::integer, (l.line ->> 'product_id')::uuid, (l.line ->> 'quantity')::integer,
           coalesce(nullif(l.line -> 'metadata', 'null'), '{}'), (l.line ->> 'unit_price')::numeric,
           (l.line ->> 'tax_rate')::numeric
      from jsonb_array_elements(p_lines) with ordinality as l (line, place);
end
$$;

grant execute on function internal.order_lines(jsonb, text) to commerce_definer;
comment on function internal.order_lines(jsonb, text) is
  'Reads [{"product_id", "quantity", "metadata", "unit_price", "tax_rate"}], 1 to 100 lines; SCVAL names the line and the key that is wrong.';
