create or replace function internal.row_rules(p_table regclass)
  returns table (name text, is_check boolean, is_broken text, place integer)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select a.attname, false, format('%I is null', a.attname), a.attnum::integer
    from pg_catalog.pg_attribute as a
   where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attnotnull
     and a.attgenerated = '' and a.attidentity = ''
  union all
  select c.conname, true, format('(%s) is false', pg_get_expr(c.conbin, c.conrelid)), 10000
    from pg_catalog.pg_constraint as c
   where c.conrelid = p_table and c.contype = 'c'
     and not exists (
           select from pg_catalog.pg_attribute as g
            where g.attrelid = p_table and g.attnum = any (c.conkey) and g.attgenerated <> ''
         )
$$;

grant execute on function internal.row_rules(regclass) to commerce_definer;
comment on function internal.row_rules(regclass) is
  'The rules of a table''s rows, each as the text of the condition that breaks it: columns that need a value, and CHECKs. They come in the order in which PostgreSQL checks them, by place and name.';
