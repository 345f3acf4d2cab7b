create or replace function internal.return_lines(p_lines jsonb)
  returns table (line_index integer, order_item_id uuid, quantity integer, reason text, note text)
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return query
    select l.place::integer - 1, (l.line ->> 'order_item_id')::uuid, (l.line ->> 'quantity')::integer,
           l.line ->> 'reason', l.line ->> 'note'
      from jsonb_array_elements(p_lines) with ordinality as l (line, place);
end
$$;

grant execute on function internal.return_lines(jsonb) to commerce_definer;
comment on function internal.return_lines(jsonb) is
  'Reads the lines of a return that internal.return_line_faults has checked.';
