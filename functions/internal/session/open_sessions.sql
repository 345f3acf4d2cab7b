create or replace function internal.open_sessions(p_ids uuid[])
  returns setof uuid
  language sql
  stable
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
  select s.id from internal.session as s where s.id = any (p_ids) and s.expires_at > now()
$$;

alter function internal.open_sessions(uuid[]) owner to commerce_system;
grant execute on function internal.open_sessions(uuid[]) to commerce_auth;
comment on function internal.open_sessions(uuid[]) is
  'Which of these sessions are still open, for a server that holds connections in their name.';
