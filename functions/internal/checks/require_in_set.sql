-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_in_set(p_field text, p_value text, p_table text, p_column text)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.set_fault(p_field, p_value, p_table, p_column));
end
$$;

grant execute on function internal.require_in_set(text, text, text, text) to commerce_definer, commerce_system;
comment on function internal.require_in_set(text, text, text, text) is
  'Refuses a value that is not in the closed set of a column of schema commerce (SCVAL).';
