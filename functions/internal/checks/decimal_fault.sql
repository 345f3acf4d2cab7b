-- Requires: functions/internal/checks/fault.sql
create or replace function internal.decimal_fault(p_field text, p_value jsonb)
  returns jsonb
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
    return internal.fault(p_field, 'must be a decimal number, or a string of one');
  end if;
  return null;
end
$$;

grant execute on function internal.decimal_fault(text, jsonb) to commerce_definer;
comment on function internal.decimal_fault(text, jsonb) is
  'The fault of a value in JSON that is no number from 0 on; NULL has none.';
