create or replace function internal.order_lines(
  p_lines jsonb,
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
  return query
    select l.place::integer, (l.line ->> 'product_id')::uuid, (l.line ->> 'quantity')::integer,
           coalesce(nullif(l.line -> 'metadata', 'null'), '{}'), (l.line ->> 'unit_price')::numeric,
           (l.line ->> 'tax_rate')::numeric
      from jsonb_array_elements(p_lines) with ordinality as l (line, place);
end
$$;

grant execute on function internal.order_lines(jsonb) to commerce_definer;
comment on function internal.order_lines(jsonb) is
  'Reads the lines to order that internal.order_line_faults has checked.';
