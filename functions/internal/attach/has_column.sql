create or replace function internal.has_column(p_table regclass, p_column text)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
      from pg_catalog.pg_attribute as a
     where a.attrelid = p_table and a.attname = p_column and not a.attisdropped
  )
$$;

grant execute on function internal.has_column(regclass, text) to commerce_definer, commerce_purge;
comment on function internal.has_column(regclass, text) is 'Whether a table has a column of this name.';
