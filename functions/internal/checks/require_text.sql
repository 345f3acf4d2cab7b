-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_text(p_field text, p_value text, p_max_length integer)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_fault jsonb := internal.text_fault(p_field, p_value, p_max_length);
begin
  if v_fault is not null then
    perform internal.refuse_faults(v_fault);
  end if;
end
$$;

grant execute on function internal.require_text(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.require_text(text, text, integer) is
  'Refuses a text that is missing, blank or too long (SCVAL).';
