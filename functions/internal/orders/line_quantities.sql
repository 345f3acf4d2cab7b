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
begin
  if jsonb_typeof(p_lines) is distinct from 'array' or jsonb_array_length(p_lines) > 100 then
    perform internal.refuse_input('lines', 'must be an array of at most 100 lines');
  end if;

  perform internal.refuse_faults(jsonb_agg(f.fault order by l.place, f.place))
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
    where f.fault is not null;

  return query
    select l.place::integer - 1, (l.line ->> 'order_item_id')::uuid, (l.line ->> 'quantity')::integer
      from jsonb_array_elements(p_lines) with ordinality as l (line, place);
end
$$;

grant execute on function internal.line_quantities(jsonb, integer) to commerce_definer;
comment on function internal.line_quantities(jsonb, integer) is
  'Reads how many units of which lines of an order out of JSON: [{"order_item_id", "quantity"}], each line once (SCVAL with the field).';
