create or replace function internal.personal_columns(p_table regclass)
  returns text[]
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(quote_ident(a.attname) order by a.attnum), '{}')
    from pg_catalog.pg_class as c
    join internal.audit_rule as r on r.table_name = c.relname and r.treatment = 'mask'
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attname = r.column_name and not a.attnotnull
   where c.oid = p_table
$$;

grant execute on function internal.personal_columns(regclass) to commerce_definer, commerce_purge;
comment on function internal.personal_columns(regclass) is
  'The columns that internal.purge_deleted empties in rows that have to stay: those that the log masks.';
