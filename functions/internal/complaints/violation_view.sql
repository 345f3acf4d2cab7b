-- Requires: functions/api/views/violations.sql
create or replace function internal.violation_view(p_violation_id uuid)
  returns api.violations
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select v from api.violations as v where v.tenant_id = internal.tenant_id() and v.id = p_violation_id
$$;

grant execute on function internal.violation_view(uuid) to commerce_definer;
comment on function internal.violation_view(uuid) is 'A violation: what its functions return, to staff only.';
