-- This is read from the foreign keys, so that a new table is taken into account by itself. A row's own parts
-- (internal.purge_child) do not keep it, but what refers to them does.
create or replace function internal.referred_to(p_table regclass, p_alias text)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_key record;
  v_conditions text[] := '{}'::text[];
  v_condition text;
begin
  for v_key in
    select k.conrelid::regclass as child,
           p_alias || row_number() over (order by k.conrelid::regclass::text, k.conname) as child_alias,
           k.conkey, k.confkey,
           exists (
             select
               from internal.purge_child as c
              where to_regclass(c.child) = k.conrelid
                and to_regclass('commerce.' || quote_ident(c.parent)) = p_table
           ) as is_part
      from pg_catalog.pg_constraint as k
     where k.contype = 'f' and k.confrelid = p_table
  loop
    v_condition := case when v_key.is_part then internal.referred_to(v_key.child, v_key.child_alias) else 'true' end;
    continue when v_condition = 'false';
    v_conditions := v_conditions || format(
      'exists (select from %s as %I where %s and (%s))',
      v_key.child,
      v_key.child_alias,
      (
        select string_agg(
                 format('%I.%I = %I.%I', v_key.child_alias, c.attname, p_alias, p.attname),
                 ' and ' order by u.position)
          from unnest(v_key.conkey, v_key.confkey) with ordinality as u (child_column, parent_column, position)
          join pg_catalog.pg_attribute as c on c.attrelid = v_key.child and c.attnum = u.child_column
          join pg_catalog.pg_attribute as p on p.attrelid = p_table and p.attnum = u.parent_column
      ),
      v_condition);
  end loop;
  return coalesce(nullif(array_to_string(v_conditions, ' or '), ''), 'false');
end
$$;

grant execute on function internal.referred_to(regclass, text) to commerce_definer;
comment on function internal.referred_to(regclass, text) is
  'SQL for internal.purge_candidates: whether a row, by its alias, is referred to by anything but its own parts.';
