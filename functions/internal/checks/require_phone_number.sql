-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_phone_number(p_field text, p_value text)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.phone_number_fault(p_field, p_value));
end
$$;

grant execute on function internal.require_phone_number(text, text) to commerce_definer;
comment on function internal.require_phone_number(text, text) is
  'Refuses a phone number that is not in international form (SCVAL); NULL passes.';
