create or replace function audit.partition_ranges()
  returns table (name text, from_id uuid, to_id uuid, is_detaching boolean)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select c.relname::text,
         (regexp_match(b.bounds, 'FROM [(]''([^'']+)''[)]'))[1]::uuid,
         (regexp_match(b.bounds, 'TO [(]''([^'']+)''[)]'))[1]::uuid,
         i.inhdetachpending
    from pg_catalog.pg_inherits as i
    join pg_catalog.pg_class as c on c.oid = i.inhrelid
   cross join lateral pg_catalog.pg_get_expr(c.relpartbound, c.oid) as b (bounds)
   where i.inhparent = 'audit.log'::regclass
$$;

alter function audit.partition_ranges() owner to commerce_audit;
comment on function audit.partition_ranges() is 'The partitions of audit.log, the ranges of ids that they hold, and whether one''s detachment was broken off.';
