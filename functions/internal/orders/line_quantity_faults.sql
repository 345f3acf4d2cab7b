create or replace function internal.line_quantity_faults(p_lines jsonb, p_least integer)
  returns jsonb
  language plpgsql
  immutable
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
                 case
                   when exists (
                     select from jsonb_array_elements(p_lines) with ordinality as e (line, place)
                      where e.place < l.place
                        and lower(e.line ->> 'order_item_id') = lower(l.line ->> 'order_item_id'))
                   then internal.fault(n.name || '.order_item_id', 'must not be given twice')
                 end,
                 internal.integer_fault(n.name || '.quantity', l.line -> 'quantity', p_least, 1000000)
               ]
             end) with ordinality as f (fault, place)
     where f.fault is not null
  );
end
$$;

grant execute on function internal.line_quantity_faults(jsonb, integer) to commerce_definer;
comment on function internal.line_quantity_faults(jsonb, integer) is
  'The faults of a list of units of an orders lines, [{"order_item_id", "quantity"}] with each line once, each with its line and key.';
