-- Requires: functions/internal/checks/length_fault.sql
create or replace function internal.text_fault(p_field text, p_value text, p_max_length integer)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(internal.is_blank(p_value), true) then
    return internal.fault(p_field, 'must not be empty');
  end if;
  return internal.length_fault(p_field, p_value, p_max_length);
end
$$;

grant execute on function internal.text_fault(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.text_fault(text, text, integer) is
  'The fault of a text that is missing, blank or too long.';
