create or replace function internal.line_quantities(
  p_lines jsonb,
  p_least integer,
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
declare
  v_line jsonb;
  v_field text;
  v_seen_ids uuid[] := '{}'::uuid[];
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) > 100 then
    perform internal.refuse_input('lines', 'must be an array of at most 100 lines');
  end if;
  for v_line, line_index in
    select l.value, l.ordinality - 1 from jsonb_array_elements(p_lines) with ordinality as l
  loop
    v_field := format('lines[%s]', line_index);
    perform internal.require_object(v_field, v_line);
    order_item_id := internal.read_uuid(v_field || '.order_item_id', v_line ->> 'order_item_id');
    if order_item_id is null then
      perform internal.refuse_input(v_field || '.order_item_id', 'must not be empty');
    elsif order_item_id = any (v_seen_ids) then
      perform internal.refuse_input(v_field || '.order_item_id', 'must not be given twice');
    end if;
    v_seen_ids := v_seen_ids || order_item_id;
    quantity := internal.read_integer(v_field || '.quantity', v_line -> 'quantity', p_least, 1000000);
    return next;
  end loop;
end
$$;

grant execute on function internal.line_quantities(jsonb, integer) to commerce_definer;
comment on function internal.line_quantities(jsonb, integer) is
  'Reads how many units of which lines of an order out of JSON: [{"order_item_id", "quantity"}], each line once (SCVAL with the field).';
