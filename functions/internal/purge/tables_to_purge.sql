create or replace function internal.tables_to_purge()
  returns setof text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  with recursive recoverable as (
    select t.tgrelid as oid
      from pg_catalog.pg_trigger as t
     where t.tgname = '_200_soft_delete'
  ),
  reached (oid, level) as (
    select r.oid, 0
      from recoverable as r
     union
    select k.confrelid, d.level + 1
      from reached as d
      join pg_catalog.pg_constraint as k on k.contype = 'f' and k.conrelid = d.oid
      join recoverable as r on r.oid = k.confrelid
     where d.level < 30  -- tables that refer to each other in a circle would never end
  )
  select c.relname::text
    from reached as d
    join pg_catalog.pg_class as c on c.oid = d.oid
   group by c.relname
   order by max(d.level), c.relname
$$;

grant execute on function internal.tables_to_purge() to commerce_purge;
comment on function internal.tables_to_purge() is
  'The tables with soft delete, those that refer to others first.';
