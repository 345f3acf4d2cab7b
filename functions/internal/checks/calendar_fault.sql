-- Requires: functions/internal/checks/fault.sql
create or replace function internal.calendar_fault(p_field text, p_value timestamptz)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The year of infinity is infinity, and those before Christ are negative.
  if extract(year from p_value at time zone 'UTC') not between 1 and 9999 then
    return internal.fault(p_field, 'must be a date from the year 1 to 9999');
  end if;
  return null;
end
$$;

grant execute on function internal.calendar_fault(text, timestamptz) to commerce_definer, commerce_system;
comment on function internal.calendar_fault(text, timestamptz) is
  'The fault of a point in time that ISO 8601 cannot write, as internal.row_rules asks of rows; NULL is none.';
