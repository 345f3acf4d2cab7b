-- Requires: functions/internal/checks/fault.sql
create or replace function internal.phone_number_fault(p_field text, p_value text)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value !~ '^[+][1-9][0-9]{6,14}$' then
    return internal.fault(p_field, 'must be in international form, such as +2348012345678');
  end if;
  return null;
end
$$;

grant execute on function internal.phone_number_fault(text, text) to commerce_definer, commerce_system;
comment on function internal.phone_number_fault(text, text) is
  'The fault of a phone number that is not in international form; NULL is none.';
