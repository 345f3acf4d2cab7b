create or replace function internal.line_quantity_faults(p_lines jsonb, p_least integer)
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
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) > 100 then
    return internal.fault('lines', 'must be an array of at most 100 lines');
  end if;

  for v_place in 0 .. jsonb_array_length(p_lines) - 1 loop
    v_line := p_lines -> v_place;
    v_name := format('lines[%s]', v_place);
    v_faults := v_faults || case
      when jsonb_typeof(v_line) <> 'object' then array[internal.object_fault(v_name, v_line)]
      else array[
        internal.object_fault(v_name, v_line),
        internal.uuid_fault(v_name || '.order_item_id', v_line ->> 'order_item_id'),
        case
          when exists (
            select from jsonb_array_elements(p_lines) with ordinality as e (line, place)
             where e.place <= v_place
               and lower(e.line ->> 'order_item_id') = lower(v_line ->> 'order_item_id'))
          then internal.fault(v_name || '.order_item_id', 'must not be given twice')
        end,
        internal.integer_fault(v_name || '.quantity', v_line -> 'quantity', p_least, 1000000)
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.line_quantity_faults(jsonb, integer) to commerce_definer;
comment on function internal.line_quantity_faults(jsonb, integer) is
  'The faults of a list of units of an orders lines, [{"order_item_id", "quantity"}] with each line once, each with its line and key.';
