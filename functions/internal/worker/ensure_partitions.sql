-- Requires: functions/internal/identifiers/uuid_v7_at.sql
create or replace function internal.ensure_partitions(p_months integer default 3)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: making tables in schema audit
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '2s'
as $$
declare
  v_month timestamptz;
  v_name text;
  v_made integer := 0;
begin
  if p_months is null or p_months not between 0 and 120 then
    raise exception using
      errcode = 'SCVAL',
      message = 'months must be 0 to 120',
      detail = json_build_object('field', 'months')::text;
  end if;

  for v_month in
    select generate_series(
      -- The partition of yesterday is made, too: on the first of a month the clock may still be set back.
      date_trunc('month', (now() - interval '1 day') at time zone 'UTC'),
      date_trunc('month', now() at time zone 'UTC') + make_interval(months => p_months),
      interval '1 month') at time zone 'UTC'
  loop
    v_name := 'log_' || to_char(v_month at time zone 'UTC', 'YYYY_MM');
    continue when to_regclass(format('audit.%I', v_name)) is not null;

    -- The partition is built separately, with the bounds as a check, so that ATTACH reads no row and locks only
    -- briefly.
    execute format('create table audit.%I (like audit.log including defaults including constraints including generated)', v_name);
    execute format(
      'alter table audit.%I add constraint %I check (id >= %L and id < %L)',
      v_name, v_name || '_bounds', internal.uuid_v7_at(v_month),
      internal.uuid_v7_at(v_month + interval '1 month'));
    execute format(
      'alter table audit.log attach partition audit.%I for values from (%L) to (%L)',
      v_name, internal.uuid_v7_at(v_month), internal.uuid_v7_at(v_month + interval '1 month'));
    execute format('alter table audit.%I drop constraint %I', v_name, v_name || '_bounds');
    v_made := v_made + 1;
  end loop;
  return v_made;
end
$$;

alter function internal.ensure_partitions(integer) owner to commerce_audit;
-- Every login that keeps a server running can keep the log writable.
grant execute on function internal.ensure_partitions(integer) to commerce_worker, commerce_auth, commerce_owner;
comment on function internal.ensure_partitions(integer) is
  'Makes the partitions of audit.log for the month of yesterday, this one and the given number of months after it (0 to 120); returns how many were new. SCVAL.';

-- Deliberately, there is no default partition: without these partitions, the next write that is audited would fail.
select internal.ensure_partitions(3);
