create or replace function internal.copy_comments(p_view regclass, p_table regclass, p_tags text default null)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_column record;
begin
  execute format(
    'comment on view %s is %L', p_view, concat_ws(E'\n', obj_description(p_table, 'pg_class'), p_tags));
  for v_column in
    select a.attname, col_description(p_table, t.attnum) as comment
      from pg_catalog.pg_attribute as a
      join pg_catalog.pg_attribute as t
        on t.attrelid = p_table and t.attname = a.attname and t.attnum > 0
     where a.attrelid = p_view and a.attnum > 0
  loop
    execute format('comment on column %s.%I is %L', p_view, v_column.attname, v_column.comment);
  end loop;
end
$$;

comment on function internal.copy_comments(regclass, regclass, text) is
  'Gives an api view and its columns the comments of the table that it shows, and the view the tags that GraphQL reads.';
