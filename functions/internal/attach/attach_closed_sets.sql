-- A closed set is defined once, by the CHECK of its column; so it is read from there.
create or replace function internal.attach_closed_sets(p_table regclass)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into internal.closed_set (table_name, column_name, allowed)
  select t.relname, a.attname,
         array(
           select m.member[1]
             from regexp_matches(pg_get_constraintdef(c.oid), '''([^'']+)''::text', 'g')
                  with ordinality as m (member, place)
            order by m.place)
    from pg_catalog.pg_class as t
    join pg_catalog.pg_constraint as c on c.conrelid = t.oid and c.contype = 'c'
    join pg_catalog.pg_attribute as a on a.attrelid = t.oid and c.conname = t.relname || '_' || a.attname || '_set'
   where t.oid = p_table
$$;

comment on function internal.attach_closed_sets(regclass) is
  'Copies the closed sets of a table, the CHECK constraints table_column_set, to internal.closed_set. Repeat it when one of them changes.';
