-- Requires: functions/internal/checks/fault.sql
create or replace function internal.degrees_fault(p_field text, p_value jsonb, p_max integer)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) not in ('null', 'number', 'string')
    or p_value #>> '{}' !~ '^-?[0-9]{1,3}([.][0-9]{1,20})?$'
    or abs((p_value #>> '{}')::numeric) > p_max
  then
    return internal.fault(p_field, format('must be a number from -%s to %s, or a string of one', p_max, p_max));
  end if;
  return null;
end
$$;

grant execute on function internal.degrees_fault(text, jsonb, integer) to commerce_definer;
comment on function internal.degrees_fault(text, jsonb, integer) is
  'The fault of a value in JSON that is no latitude or longitude; one that is missing or null has none.';
