-- Requires: functions/audit/partition_ranges.sql
create or replace function audit.partitions()
  returns table (name text, begins_at timestamptz, ends_at timestamptz, bytes bigint, is_sealed boolean, is_detaching boolean)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select p.name,
         internal.uuid_v7_time(p.from_id),
         internal.uuid_v7_time(p.to_id),
         pg_catalog.pg_total_relation_size(format('audit.%I', p.name)::regclass),
         not exists (
           select
             from audit.log as l
            where l.id >= greatest(p.from_id, (select max(s.to_id::text)::uuid from audit.seal as s))
              and l.id < p.to_id
         ),
         p.is_detaching
    from audit.partition_ranges() as p
   order by p.from_id
$$;

alter function audit.partitions() owner to commerce_audit;
comment on function audit.partitions() is
  'The partitions of audit.log, oldest first: their time, size, whether every row is sealed, and whether a detachment was broken off.';
