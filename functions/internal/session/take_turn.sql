-- A row under a unique key instead of an advisory lock, whose key every login can read in pg_locks, and hold.
-- The row is gone with the transaction, and until then every transaction that inserts the same one waits.
create or replace function internal.take_turn(p_name text)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into internal.turn (tenant_id, name)
  values (internal.require_tenant(), p_name);
  delete from internal.turn as t
   where t.tenant_id = internal.tenant_id() and t.name = p_name;
$$;

grant execute on function internal.take_turn(text) to commerce_definer;
comment on function internal.take_turn(text) is
  'Lets one transaction of the tenant after the other do what has this name (at most 600 bytes); the others wait here until it ends. For transactions at read committed: at a higher level, whoever has waited still sees what was there before.';
