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
declare
  v_line jsonb;
  v_field text;
  v_fault jsonb;
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    perform internal.refuse_input(p_field, 'must be an array of 1 to 100 lines');
  end if;

  for v_line, line_number in
    select l.value, l.ordinality from jsonb_array_elements(p_lines) with ordinality as l
  loop
    v_field := format('%s[%s]', p_field, line_number - 1);
    v_fault := internal.object_fault(v_field, v_line);
    if v_fault is not null then
      perform internal.refuse_faults(v_fault);
    end if;
    product_id := internal.read_uuid(v_field || '.product_id', v_line ->> 'product_id');
    if product_id is null then
      perform internal.refuse_input(v_field || '.product_id', 'must not be empty');
    end if;
    quantity := internal.read_integer(v_field || '.quantity', v_line -> 'quantity', 1, 1000000);
    metadata := coalesce(nullif(v_line -> 'metadata', 'null'::jsonb), '{}');
    v_fault := internal.object_fault(v_field || '.metadata', metadata);
    if v_fault is not null then
      perform internal.refuse_faults(v_fault);
    end if;
    unit_price := internal.read_amount(v_field || '.unit_price', nullif(v_line -> 'unit_price', 'null'));
    tax_rate := internal.read_amount(v_field || '.tax_rate', nullif(v_line -> 'tax_rate', 'null'));
    return next;
  end loop;
end
$$;

grant execute on function internal.order_lines(jsonb, text) to commerce_definer;
comment on function internal.order_lines(jsonb, text) is
  'Reads [{"product_id", "quantity", "metadata", "unit_price", "tax_rate"}], 1 to 100 lines; SCVAL names the line and the key that is wrong.';
