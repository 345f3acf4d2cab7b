-- Requires: functions/internal/checks/fault.sql
create or replace function internal.length_fault(p_field text, p_value text, p_max_length integer)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if length(p_value) > p_max_length or octet_length(p_value) > 65536 then
    return internal.fault(p_field, format('must have at most %s characters and 64 KiB', p_max_length));
  end if;
  return null;
end
$$;

grant execute on function internal.length_fault(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.length_fault(text, text, integer) is
  'The fault of a text that is too long; NULL is none.';
