-- Requires: functions/internal/checks/fault.sql
create or replace function internal.uuid_fault(p_field text, p_value text)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if p_value is null then
    return internal.fault(p_field, 'must not be empty');
  elsif p_value !~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    return internal.fault(p_field, 'must be a UUID');
  end if;
  return null;
end
$$;

grant execute on function internal.uuid_fault(text, text) to commerce_definer;
comment on function internal.uuid_fault(text, text) is 'The fault of a value in JSON that is no UUID.';
