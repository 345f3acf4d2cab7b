create or replace function internal.require_remaining_owner()
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The rule waits for the end of the transaction; the caller of a function gets its error here.
  set constraints commerce._510_last_owner immediate;
  set constraints commerce._510_last_owner deferred;
end
$$;

grant execute on function internal.require_remaining_owner() to commerce_definer;
comment on function internal.require_remaining_owner() is
  'SCOWN when what this transaction has changed leaves an active tenant without an active owner.';
