create or replace function internal.read_degrees(p_field text, p_value jsonb, p_max integer)
  returns numeric
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(jsonb_typeof(p_value), 'null') = 'null' then
    return null;
  elsif jsonb_typeof(p_value) not in ('number', 'string')
    or p_value #>> '{}' !~ '^-?[0-9]{1,3}([.][0-9]{1,20})?$'
    or abs((p_value #>> '{}')::numeric) > p_max
  then
    perform internal.refuse_input(p_field, format('must be a number from -%s to %s, or a string of one', p_max, p_max));
  end if;
  return (p_value #>> '{}')::numeric;
end
$$;

grant execute on function internal.read_degrees(text, jsonb, integer) to commerce_definer;
comment on function internal.read_degrees(text, jsonb, integer) is
  'Reads a latitude or longitude out of JSON (SCVAL); missing or null is NULL.';
