create or replace function internal.detach_table(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_name text := (select c.relname from pg_catalog.pg_class as c where c.oid = p_table);
  v_part name;
  v_object regclass;
begin
  for v_part in
    select t.tgname
      from pg_catalog.pg_trigger as t
     where t.tgrelid = p_table and not t.tgisinternal and t.tgparentid = 0
  loop
    execute format('drop trigger %I on %s', v_part, p_table);
  end loop;
  execute format('drop function if exists audit.%I()', 'tg_' || v_name);

  for v_part in
    select p.polname from pg_catalog.pg_policy as p where p.polrelid = p_table
  loop
    execute format('drop policy %I on %s', v_part, p_table);
  end loop;
  execute format('alter table %s no force row level security', p_table);
  execute format('alter table %s disable row level security', p_table);
  for v_part in
    select c from internal.gate_columns(p_table) as c
  loop
    execute format('comment on column %s.%I is null', p_table, v_part);
  end loop;

  for v_object in
    select c.oid
      from pg_catalog.pg_class as c
     where c.oid = p_table or c.relnamespace = 'api'::regnamespace and c.relname = v_name
  loop
    execute format(
      'revoke all on %s
         from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
              commerce_definer, commerce_purge, commerce_system',
      v_object);
  end loop;
end
$$;

comment on function internal.detach_table(regclass) is
  'Takes off a table what its file under policies/ puts on it: every trigger, with the function that audit.attach generated, every policy, row-level security, and every right on the table and its view of schema api.';
