-- Undo: drop function internal.require_in_set(text, text, text, text);
-- A closed set is defined once, by the CHECK of its column; so it is read from there.
create or replace function internal.require_in_set(
  p_field text,
  p_value text,
  p_table text,
  p_column text
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = ''
as $$
declare
  v_members text[];
begin
  select array_agg(m.match[1] order by m.match[1])
    into strict v_members
    from pg_catalog.pg_constraint as c,
         regexp_matches(pg_catalog.pg_get_constraintdef(c.oid), '''([^'']+)''::text', 'g') as m (match)
   where c.conrelid = ('commerce.' || p_table)::regclass
     and c.conname = p_table || '_' || p_column || '_set';
  if p_value is null or p_value <> all (v_members) then
    perform internal.refuse_input(p_field, 'must be one of ' || array_to_string(v_members, ', '));
  end if;
end
$$;

grant execute on function internal.require_in_set(text, text, text, text) to commerce_definer, commerce_system;
comment on function internal.require_in_set(text, text, text, text) is
  'Refuses a value that is not in the closed set of a column of schema commerce (SCVAL).';
