-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.refuse_input(p_field text, p_rule text)
  returns void
  language plpgsql
  volatile
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.fault(p_field, p_rule));
end
$$;

grant execute on function internal.refuse_input(text, text) to commerce_definer, commerce_system, commerce_purge;
comment on function internal.refuse_input(text, text) is
  'Refuses an argument (SCVAL): names the field and the rule that it breaks.';
