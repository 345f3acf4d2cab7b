-- Requires: functions/internal/checks/fault.sql
create or replace function internal.batch_fault(p_batch integer, p_most integer)
  returns jsonb
  language plpgsql
  immutable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if coalesce(p_batch, 0) not between 1 and p_most then
    return internal.fault('batch', format('must be 1 to %s', p_most));
  end if;
  return null;
end
$$;

grant execute on function internal.batch_fault(integer, integer)
  to commerce_definer, commerce_system, commerce_purge;
comment on function internal.batch_fault(integer, integer) is
  'The fault of a number of rows that one call of a job cannot take: missing, below 1 or above the most.';
