create or replace function internal.close_session(p_session_id uuid)
  returns void
  language sql
  volatile
  security definer  -- lends: deleting from internal.session
  set search_path = pg_catalog, pg_temp
as $$
  delete from internal.session as s where s.id = p_session_id
$$;

alter function internal.close_session(uuid) owner to commerce_system;
grant execute on function internal.close_session(uuid) to commerce_auth;
comment on function internal.close_session(uuid) is 'Ends a session at once; closing one that is gone does nothing.';
