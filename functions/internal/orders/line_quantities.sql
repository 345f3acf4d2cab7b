create or replace function internal.line_quantities(
  p_lines jsonb,
  out line_index integer,
  out order_item_id uuid,
  out quantity integer
)
  returns setof record
  language plpgsql
  stable
  security invoker
  rows 10
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select l.place::integer - 1, (l.line ->> 'order_item_id')::uuid, (l.line ->> 'quantity')::integer
      from jsonb_array_elements(p_lines) with ordinality as l (line, place);
end
$$;

grant execute on function internal.line_quantities(jsonb) to commerce_definer;
comment on function internal.line_quantities(jsonb) is
  'Reads how many units of which lines of an order, as internal.line_quantity_faults has checked them.';
