create or replace function internal.stored_columns(p_table regclass)
  returns table (column_name text, is_derived boolean)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select a.attname::text, d.column_name is not null
    from pg_catalog.pg_attribute as a
    join pg_catalog.pg_class as c on c.oid = a.attrelid
    left join internal.derived_column as d
      on d.table_name = c.relname and d.column_name = a.attname
   where a.attrelid = p_table
     and a.attnum > 0
     and not a.attisdropped
     and a.attgenerated = ''
     and a.attname not in ('id', 'tenant_key', 'tenant_id', 'version', 'created_at', 'updated_at', 'deleted_at')
   order by a.attnum
$$;

comment on function internal.stored_columns(regclass) is
  'The columns of a table that hold its own data (no keys, bookkeeping or generated columns), and whether each is derived by the database. The attach functions generate triggers from them.';
