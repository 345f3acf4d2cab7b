create or replace function internal.read_integer(p_field text, p_value jsonb, p_min integer, p_max integer)
  returns integer
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) is distinct from 'number'
    or p_value::text !~ '^[0-9]{1,9}$'
    or p_value::integer not between p_min and p_max
  then
    perform internal.refuse_input(p_field, format('must be a whole number from %s to %s', p_min, p_max));
  end if;
  return p_value::integer;
end
$$;

grant execute on function internal.read_integer(text, jsonb, integer, integer) to commerce_definer;
comment on function internal.read_integer(text, jsonb, integer, integer) is
  'Reads a whole number within bounds out of JSON (SCVAL).';
