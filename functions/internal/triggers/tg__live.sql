-- Requires: functions/internal/live/live_topic.sql
-- A transaction that notifies holds a lock of the whole server while it commits, so that no two such
-- commits share one write to disk. Therefore only the first writer notifies: a listener that is asleep
-- holds the lock "sleepers", is woken, and then looks by itself until nothing has come for a while.
-- To fall asleep again it must find that no transaction holds "writers", which every writer keeps until commit:
-- a row is either seen by that last look, or its writer has seen the sleeper.
create or replace function internal.tg__live()
  returns trigger
  language plpgsql
  security definer  -- lends: internal.live_topic
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_topic record := internal.live_topic(new.tenant_id, tg_argv[0]);
begin
  if pg_try_advisory_xact_lock_shared(v_topic.writers) and pg_try_advisory_lock(v_topic.sleepers) then
    perform pg_advisory_unlock(v_topic.sleepers);
  else
    -- Equal notifications of one transaction are sent once.
    perform pg_notify(v_topic.channel, '');
  end if;
  return null;
end
$$;

alter function internal.tg__live() owner to commerce_system;
comment on function internal.tg__live() is
  'Trigger: wakes the servers that wait for new rows of this table, without naming the rows.';
