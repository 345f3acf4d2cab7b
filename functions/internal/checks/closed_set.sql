create or replace function internal.closed_set(p_table text, p_column text)
  returns text[]
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select s.allowed from internal.closed_set as s where s.table_name = p_table and s.column_name = p_column
  );
end
$$;

grant execute on function internal.closed_set(text, text) to commerce_definer, commerce_system;
comment on function internal.closed_set(text, text) is
  'The values that a column of schema commerce may have; NULL if it has no closed set.';
