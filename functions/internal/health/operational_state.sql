-- Requires: functions/audit/log_state.sql
-- These counts are of the whole platform, and no request may see them: only the logins of servers and the owner may.
create or replace function internal.operational_state(
  out is_working boolean,
  out jobs jsonb,
  out queued_messages bigint,
  out queued_seconds double precision,
  out unsealed_rows bigint,
  out unsealed_seconds double precision,
  out partitions_end_at timestamptz,
  out partitions_seconds double precision
)
  language sql
  stable
  security definer  -- lends: reading the worker's tables, the log's state and the queues of all tenants
  set search_path = pg_catalog, pg_temp
as $$
  select (
           select l.expires_at between clock_timestamp() and clock_timestamp() + interval '1 minute'
             from internal.worker_lease as l
         ),
         (
           select coalesce(
                    jsonb_agg(
                      jsonb_build_object(
                        'job', r.job,
                        -- greatest() alone would show a job that never succeeded as one that has just succeeded.
                        'successSeconds', case
                          when r.last_success_at is not null
                          then greatest(0, extract(epoch from now() - r.last_success_at))
                        end,
                        'failures', r.failures,
                        'error', r.last_error)
                      order by r.job),
                    '[]')
             from internal.job_run as r
         ),
         q.count,
         greatest(0, coalesce(extract(epoch from now() - q.since), 0)),
         s.unsealed_rows,
         greatest(0, coalesce(extract(epoch from now() - s.unsealed_since), 0)),
         s.covered_until,
         extract(epoch from s.covered_until - now())
    from audit.log_state() as s
   cross join (
     select count(*) as count, min(m.created_at) as since
       from (
         select h.created_at
           from commerce.conversation_history as h
          where h.delivery_status = 'queued'
          limit 100000
       ) as m
   ) as q
$$;

alter function internal.operational_state() owner to commerce_system;
grant execute on function internal.operational_state() to commerce_auth, commerce_worker, commerce_owner;
comment on function internal.operational_state() is
  'The values that operators watch: whether a worker works; each job''s seconds since its last success (null: never), failures since then and the last one''s SQLSTATE; messages that wait to be sent and the oldest one''s age; log rows that no seal covers and the oldest one''s age; until when the log has partitions. Counts go to 100000.';
