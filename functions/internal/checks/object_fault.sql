-- Requires: functions/internal/checks/fault.sql
create or replace function internal.object_fault(p_field text, p_value jsonb)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_value) is distinct from 'object' or octet_length(p_value::text) > 65536 then
    return internal.fault(p_field, 'must be a JSON object of at most 64 KiB');
  end if;
  return null;
end
$$;

grant execute on function internal.object_fault(text, jsonb) to commerce_definer, commerce_system;
comment on function internal.object_fault(text, jsonb) is
  'The fault of a value that is not a JSON object, or of an object that is too big.';
