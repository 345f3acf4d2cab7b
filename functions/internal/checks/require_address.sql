-- Requires: functions/internal/checks/refuse_faults.sql
create or replace function internal.require_address(p_prefix text, p_address jsonb)
  returns void
  language plpgsql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(internal.address_faults(p_prefix, p_address));
end
$$;

grant execute on function internal.require_address(text, jsonb) to commerce_definer;
comment on function internal.require_address(text, jsonb) is
  'Refuses an address by its one rule (SCVAL), with all its faults. The prefix is put before the name of each field.';
