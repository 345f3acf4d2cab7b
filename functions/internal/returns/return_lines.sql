create or replace function internal.return_lines(p_lines jsonb)
  returns table (line_index integer, order_item_id uuid, quantity integer, reason text, note text)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line jsonb;
  v_field text;
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    perform internal.refuse_input('lines', 'must be an array of 1 to 100 lines');
  end if;
  for v_index in 0 .. jsonb_array_length(p_lines) - 1 loop
    line_index := v_index;
    v_line := p_lines -> v_index;
    v_field := format('lines[%s]', v_index);
    perform internal.require_object(v_field, v_line);
    order_item_id := internal.read_uuid(v_field || '.order_item_id', v_line ->> 'order_item_id');
    if order_item_id is null then
      perform internal.refuse_input(v_field || '.order_item_id', 'must not be empty');
    end if;
    quantity := internal.read_integer(v_field || '.quantity', v_line -> 'quantity', 1, 1000000);
    reason := v_line ->> 'reason';
    perform internal.require_in_set(v_field || '.reason', reason, 'order_return_items', 'reason');
    note := v_line ->> 'note';
    perform internal.require_text_within(v_field || '.note', note, 65536);
    return next;
  end loop;
end
$$;

grant execute on function internal.return_lines(jsonb) to commerce_definer;
comment on function internal.return_lines(jsonb) is
  'Reads the lines of a return out of JSON: [{"order_item_id", "quantity", "reason", "note"}] (SCVAL with the field).';
