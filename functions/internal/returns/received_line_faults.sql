create or replace function internal.received_line_faults(p_lines jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) > 100 then
    return internal.fault('lines', 'must be an array of at most 100 lines');
  end if;

  return (
    select jsonb_agg(f.fault order by l.place, f.place)
      from jsonb_array_elements(p_lines) with ordinality as l (line, place)
     cross join format('lines[%s]', l.place - 1) as n (name)
     cross join unnest(
             case
               when jsonb_typeof(l.line) <> 'object' then array[internal.object_fault(n.name, l.line)]
               else array[
                 internal.object_fault(n.name, l.line),
                 internal.uuid_fault(n.name || '.order_item_id', l.line ->> 'order_item_id'),
                 internal.integer_fault(n.name || '.accepted_quantity', l.line -> 'accepted_quantity', 0, 1000000),
                 internal.integer_fault(
                   n.name || '.restocked_quantity', coalesce(l.line -> 'restocked_quantity', '0'), 0, 1000000),
                 case when l.line ->> 'condition' is not null then
                   internal.set_fault(
                     n.name || '.condition', l.line ->> 'condition', 'order_return_items', 'condition')
                 end,
                 internal.length_fault(n.name || '.note', l.line ->> 'note', 65536)
               ]
             end) with ordinality as f (fault, place)
     where f.fault is not null
  );
end
$$;

grant execute on function internal.received_line_faults(jsonb) to commerce_definer;
comment on function internal.received_line_faults(jsonb) is
  'The faults of what was accepted of a return, [{"order_item_id", "accepted_quantity", "restocked_quantity", "condition", "note"}], each with its line and key.';
