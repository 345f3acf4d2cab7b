create or replace function internal.read_amount(p_field text, p_value jsonb)
  returns numeric
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) not in ('number', 'string')
    or p_value #>> '{}' !~ '^[0-9]{1,15}([.][0-9]{1,10})?$'
  then
    perform internal.refuse_input(p_field, 'must be a decimal number, or a string of one');
  end if;
  return (p_value #>> '{}')::numeric;
end
$$;

grant execute on function internal.read_amount(text, jsonb) to commerce_definer;
comment on function internal.read_amount(text, jsonb) is
  'Reads a number that is not negative out of JSON, exactly (SCVAL); NULL stays NULL.';
