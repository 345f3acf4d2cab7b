-- Undo: drop function audit.partition_ranges();
create or replace function audit.partition_ranges()
  returns table (from_id uuid, to_id uuid)
  language sql
  stable
  security invoker
  set search_path = ''
as $$
  select (regexp_match(b.bounds, 'FROM \(''([^'']+)''\)'))[1]::uuid,
         (regexp_match(b.bounds, 'TO \(''([^'']+)''\)'))[1]::uuid
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
   cross join lateral pg_catalog.pg_get_expr(c.relpartbound, c.oid) as b (bounds)
   where i.inhparent = 'audit.log'::regclass
$$;

alter function audit.partition_ranges() owner to commerce_audit;
comment on function audit.partition_ranges() is 'The ranges of ids that the partitions of audit.log hold.';
