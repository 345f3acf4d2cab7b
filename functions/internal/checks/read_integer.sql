create or replace function internal.read_integer(p_field text, p_value jsonb, p_min integer, p_max integer)
  returns integer
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.integer_fault(p_field, p_value, p_min, p_max));
  return p_value::integer;
end
$$;

grant execute on function internal.read_integer(text, jsonb, integer, integer) to commerce_definer;
comment on function internal.read_integer(text, jsonb, integer, integer) is
  'Reads a whole number within bounds out of JSON (SCVAL).';
