-- Undo: drop function internal.detach_policies(regclass);
create or replace function internal.detach_policies(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_policy name;
  v_column text;
  v_object regclass;
begin
  for v_policy in
    select p.polname from pg_catalog.pg_policy as p where p.polrelid = p_table
  loop
    execute format('drop policy %I on %s', v_policy, p_table);
  end loop;
  execute format('alter table %s no force row level security', p_table);
  execute format('alter table %s disable row level security', p_table);
  for v_column in
    select c from internal.gate_columns(p_table) as c
  loop
    execute format('comment on column %s.%I is null', p_table, v_column);
  end loop;

  for v_object in
    select c.oid
      from pg_catalog.pg_class as c
     where c.oid = p_table
        or c.relnamespace = 'api'::regnamespace
           and c.relname = (select t.relname from pg_catalog.pg_class as t where t.oid = p_table)
  loop
    execute format(
      'revoke all on %s
         from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
              commerce_definer, commerce_purge, commerce_system',
      v_object);
  end loop;
end
$$;

comment on function internal.detach_policies(regclass) is
  'Takes every policy off a table, switches its row-level security off, and takes every right of our roles off the table and its view of schema api.';
