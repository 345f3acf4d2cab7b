create or replace function internal.detach_triggers(p_table regclass)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_trigger name;
begin
  for v_trigger in
    select t.tgname
      from pg_catalog.pg_trigger as t
     where t.tgrelid = p_table and not t.tgisinternal and t.tgparentid = 0
  loop
    execute format('drop trigger %I on %s', v_trigger, p_table);
  end loop;
  execute format(
    'drop function if exists audit.%I()',
    'tg_' || (select c.relname from pg_catalog.pg_class as c where c.oid = p_table));
end
$$;

comment on function internal.detach_triggers(regclass) is
  'Takes every trigger off a table, with the function that audit.attach generated for it: what a migration does before it attaches them again.';
