-- PostgreSQL stores infinity and years that ISO 8601 cannot write; clients read them as null or as another year. The
-- rule follows from the type, so that no table can forget it.
create or replace function internal.row_rules(p_table regclass)
  returns table (fault jsonb, name text, is_broken text, place integer)
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select jsonb_build_object('column', a.attname), a.attname, format('%I is null', a.attname), a.attnum::integer
    from pg_catalog.pg_attribute as a
   where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped and a.attnotnull
     and a.attgenerated = '' and a.attidentity = ''
  union all
  select jsonb_build_object('column', a.attname, 'rule', 'must be a date from the year 1 to 9999'), a.attname,
         format(
           '%1$I < %2$s ''0001-01-01 00:00:00+00'' or %1$I >= %2$s ''10000-01-01 00:00:00+00''',
           a.attname, a.atttypid::regtype),
         9999
    from pg_catalog.pg_attribute as a
   where a.attrelid = p_table and a.attnum > 0 and not a.attisdropped
     and a.atttypid in ('date'::regtype, 'timestamptz'::regtype) and a.attgenerated = ''
  union all
  select jsonb_build_object('constraint', c.conname), c.conname,
         format('(%s) is false', pg_get_expr(c.conbin, c.conrelid)), 10000
    from pg_catalog.pg_constraint as c
   where c.conrelid = p_table and c.contype = 'c'
     and not exists (
           select from pg_catalog.pg_attribute as g
            where g.attrelid = p_table and g.attnum = any (c.conkey) and g.attgenerated <> ''
         )
$$;

grant execute on function internal.row_rules(regclass) to commerce_definer;
comment on function internal.row_rules(regclass) is
  'The rules of a table''s rows, each as the text of the condition that breaks it: columns that need a value, dates in the years that ISO 8601 can write, and CHECKs. fault is what internal.refuse_row reports. They come in the order in which PostgreSQL checks them, by place and name.';
