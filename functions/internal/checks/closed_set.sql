-- A closed set is defined once, by the CHECK of its column; so it is read from there.
create or replace function internal.closed_set(p_table text, p_column text)
  returns text[]
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select array(
    select m.member[1]
      from pg_catalog.pg_constraint as c
     cross join lateral regexp_matches(
       pg_catalog.pg_get_constraintdef(c.oid), '''([^'']+)''::text', 'g') with ordinality as m (member, place)
     where c.conrelid = (case when p_table like '%.%' then p_table else 'commerce.' || p_table end)::regclass
       and c.conname = substring(p_table from '[^.]+$') || '_' || p_column || '_set'
     order by m.place)
$$;

grant execute on function internal.closed_set(text, text) to commerce_definer, commerce_system;
comment on function internal.closed_set(text, text) is 'The values that a column may have; of a table of schema commerce, unless another is named.';
