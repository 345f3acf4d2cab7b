-- Requires: functions/audit/partition_ranges.sql
create or replace function audit.log_state(
  out unsealed_rows bigint,
  out unsealed_since timestamptz,
  out covered_until timestamptz
)
  language sql
  stable
  security definer  -- lends: reading audit.log and audit.seal
  set search_path = pg_catalog, pg_temp
as $$
  with partition as (
    select p.from_id, p.to_id from audit.partition_ranges() as p where not p.is_detaching
  ), unsealed as (
    select l.id
      from audit.log as l
     where l.id >= coalesce((select s.to_id from audit.seal as s order by s.id desc limit 1), '00000000-0000-0000-0000-000000000000')
     order by l.id
     limit 100000
  )
  select (select count(*) from unsealed),
         (select internal.uuid_v7_time(u.id) from unsealed as u order by u.id limit 1),
         coalesce(
           (select internal.uuid_v7_time(min(p.to_id::text)::uuid)
              from partition as p
             where p.to_id > internal.uuid_v7_at(now())
               and not exists (select from partition as n where n.from_id = p.to_id)
               and exists (
                 select
                   from partition as c
                  where internal.uuid_v7_at(now()) >= c.from_id and internal.uuid_v7_at(now()) < c.to_id
               )),
           now())
$$;

alter function audit.log_state() owner to commerce_audit;
grant execute on function audit.log_state() to commerce_system;
comment on function audit.log_state() is
  'How many rows of the log no seal covers yet (counted to 100000), the time of the first of them, and until when there are partitions, without a gap; the current time when there is no partition for it.';
