-- Requires: functions/internal/checks/fault.sql
create or replace function internal.set_fault(
  p_field text,
  p_value text,
  p_table text,
  p_column text
)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_set text[] := internal.closed_set(p_table, p_column);
begin
  if p_value = any (v_set) then
    return null;
  end if;
  return internal.fault(p_field, 'must be one of ' || array_to_string(v_set, ', '));
end
$$;

grant execute on function internal.set_fault(text, text, text, text) to commerce_definer, commerce_system;
comment on function internal.set_fault(text, text, text, text) is
  'The fault of a value that is not in the closed set of a column of schema commerce.';
