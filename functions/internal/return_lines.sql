-- Undo: drop function internal.return_lines(jsonb);
create or replace function internal.return_lines(p_lines jsonb)
  returns table (line_index integer, order_item_id uuid, quantity integer, reason text, note text)
  language plpgsql
  stable
  security invoker
  set search_path = ''
as $$
declare
  v_line jsonb;
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) not between 1 and 100 then
    perform internal.refuse_input('lines', 'must be an array of 1 to 100 lines');
  end if;
  for line_index in 0 .. jsonb_array_length(p_lines) - 1 loop
    v_line := p_lines -> line_index;
    perform internal.require_object(format('lines[%s]', line_index), v_line);
    order_item_id := internal.read_uuid(format('lines[%s].order_item_id', line_index), v_line ->> 'order_item_id');
    if order_item_id is null then
      perform internal.refuse_input(format('lines[%s].order_item_id', line_index), 'must not be empty');
    end if;
    quantity := internal.read_integer(format('lines[%s].quantity', line_index), v_line -> 'quantity', 1, 1000000);
    reason := v_line ->> 'reason';
    perform internal.require_in_set(format('lines[%s].reason', line_index), reason, 'order_return_items', 'reason');
    note := v_line ->> 'note';
    perform internal.limit_text(format('lines[%s].note', line_index), note, 65536);
    return next;
  end loop;
end
$$;

grant execute on function internal.return_lines(jsonb) to commerce_definer;
comment on function internal.return_lines(jsonb) is
  'Reads the lines of a return out of JSON: [{"order_item_id", "quantity", "reason", "note"}] (SCVAL with the field).';
