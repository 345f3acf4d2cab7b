-- Requires: functions/internal/checks/fault.sql
create or replace function internal.days_fault(p_from date, p_to date)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_from not between '1900-01-01' and '9999-01-01' then
    return internal.fault('from', 'must be a day from 1900 to 9999');
  elsif p_to not between '1900-01-01' and '9999-01-01' or p_to < p_from then
    return internal.fault('to', 'must be a day from 1900 to 9999, and not before from');
  end if;
  return null;
end
$$;

grant execute on function internal.days_fault(date, date) to commerce_definer;
comment on function internal.days_fault(date, date) is
  'The fault of the days of a list: from and to, of which either may be missing.';
