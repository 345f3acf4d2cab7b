create or replace function internal.return_line_faults(p_lines jsonb)
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
    return internal.fault('lines', 'must be an array of 1 to 100 lines');
  end if;

  for v_place in 0 .. jsonb_array_length(p_lines) - 1 loop
    v_line := p_lines -> v_place;
    v_name := format('lines[%s]', v_place);
    v_faults := v_faults || case
      when jsonb_typeof(v_line) <> 'object' then array[internal.object_fault(v_name, v_line)]
      else array[
        internal.object_fault(v_name, v_line),
        internal.uuid_fault(v_name || '.order_item_id', v_line ->> 'order_item_id'),
        internal.integer_fault(v_name || '.quantity', v_line -> 'quantity', 1, 1000000),
        internal.set_fault(v_name || '.reason', v_line ->> 'reason', 'order_return_items', 'reason'),
        internal.length_fault(v_name || '.note', v_line ->> 'note', 65536)
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.return_line_faults(jsonb) to commerce_definer;
comment on function internal.return_line_faults(jsonb) is
  'The faults of lines to return, 1 to 100 of [{"order_item_id", "quantity", "reason", "note"}], each with its line and key.';
