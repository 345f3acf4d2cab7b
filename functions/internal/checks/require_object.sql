-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_object(p_field text, p_value jsonb)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fault jsonb := internal.object_fault(p_field, p_value);
begin
  if v_fault is not null then
    perform internal.refuse_faults(v_fault);
  end if;
end
$$;

grant execute on function internal.require_object(text, jsonb) to commerce_definer;
comment on function internal.require_object(text, jsonb) is
  'Refuses a value that is not a JSON object, or an object that is too big (SCVAL).';
