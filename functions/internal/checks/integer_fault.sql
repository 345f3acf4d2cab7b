-- Requires: functions/internal/checks/fault.sql
create or replace function internal.integer_fault(p_field text, p_value jsonb, p_min integer, p_max integer)
  returns jsonb
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
    return internal.fault(p_field, format('must be a whole number from %s to %s', p_min, p_max));
  end if;
  return null;
end
$$;

grant execute on function internal.integer_fault(text, jsonb, integer, integer) to commerce_definer;
comment on function internal.integer_fault(text, jsonb, integer, integer) is
  'The fault of a value in JSON that is no whole number within bounds.';
