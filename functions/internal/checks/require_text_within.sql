-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_text_within(p_field text, p_value text, p_max_length integer)
  returns void
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.length_fault(p_field, p_value, p_max_length));
end
$$;

grant execute on function internal.require_text_within(text, text, integer) to commerce_definer, commerce_system;
comment on function internal.require_text_within(text, text, integer) is
  'Refuses a text that is too long (SCVAL); NULL passes.';
