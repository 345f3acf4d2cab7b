create or replace function internal.read_amount(p_field text, p_value jsonb)
  returns numeric
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.decimal_fault(p_field, p_value));
  return (p_value #>> '{}')::numeric;
end
$$;

grant execute on function internal.read_amount(text, jsonb) to commerce_definer;
comment on function internal.read_amount(text, jsonb) is
  'Reads a number that is not negative out of JSON, exactly (SCVAL); NULL stays NULL.';
