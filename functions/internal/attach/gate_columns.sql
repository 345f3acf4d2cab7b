create or replace function internal.gate_columns(p_table regclass)
  returns setof text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select a.attname::text
    from pg_catalog.pg_attribute as a
   where a.attrelid = p_table
     and a.attgenerated <> ''
     and (
       (a.atttypid = 'integer'::regtype and right(a.attname, 5) = '_hash')
       or (a.atttypid = 'text'::regtype and right(a.attname, 4) = '_tag')
     )
     and not a.attisdropped
   order by a.attnum
$$;

comment on function internal.gate_columns(regclass) is
  'The columns that row-level security tests first: tenant_hash, and those of owners inside a merchant.';
