-- A row under a unique key instead of an advisory lock, whose key every login can read in pg_locks, and hold.
-- A transaction that comes while another has the turn waits for its row. The row stays: above read committed, a
-- transaction that began before it was committed fails, as it would not see what was done in that turn.
create or replace function internal.take_turn(p_name text)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into internal.turn as t (tenant_id, name_hash)
  values (internal.require_tenant(), sha256(convert_to(p_name, 'UTF8')))
  on conflict (tenant_id, name_hash) do update set taken_at = excluded.taken_at
$$;

grant execute on function internal.take_turn(text) to commerce_definer;
comment on function internal.take_turn(text) is
  'Lets one transaction of the tenant after the other do what has this name; the others wait here until it ends. 40001 under repeatable read and serializable when another transaction has taken the turn since this one began.';
