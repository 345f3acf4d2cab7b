-- Undo: select internal.attach_replica_identity(t, true) from internal.merchant_tables() as t; drop function internal.attach_replica_identity(regclass, boolean);
-- Requires: functions/internal/attach/merchant_tables.sql
-- A merchant moves by a publication that filters each table by the merchant, and PostgreSQL takes only columns of
-- the replica identity into a filter. A primary key that holds the merchant is one by itself. FULL is none:
-- beside a stored generated column, 18 refuses updates then.
create or replace function internal.attach_replica_identity(p_table regclass, p_is_reset boolean default false)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_index record;
begin
  select c.relname, i.indisprimary
    into v_index
    from pg_catalog.pg_index as i
    join pg_catalog.pg_class as c on c.oid = i.indexrelid
   cross join lateral (
     select array_agg(a.attname::text) as columns, bool_and(a.attnotnull and a.attgenerated = '') as are_plain
       from pg_catalog.pg_attribute as a
      where a.attrelid = i.indrelid and a.attnum = any (i.indkey::smallint[])
   ) as k
   where i.indrelid = p_table
     and i.indisunique
     and i.indimmediate
     and i.indpred is null
     and i.indexprs is null
     and k.are_plain
     and (k.columns && array['tenant_id', 'tenant_key'] or p_table = 'commerce.tenant'::regclass)
   -- What never changes, and little of it, is what an update or delete writes to the WAL.
   order by i.indisprimary desc, k.columns @> array['id'] desc, cardinality(k.columns), c.relname
   limit 1;
  if not found then
    raise exception using
      message = format('%s has no unique index of plain columns that are not null with its merchant', p_table);
  end if;
  if v_index.indisprimary or p_is_reset then
    execute format('alter table %s replica identity default', p_table);
  else
    execute format('alter table %s replica identity using index %I', p_table, v_index.relname);
  end if;
end
$$;

comment on function internal.attach_replica_identity(regclass, boolean) is
  'Makes a unique index with the merchant the replica identity of a merchant''s table (or takes it back).';

select internal.attach_replica_identity(t) from internal.merchant_tables() as t;
