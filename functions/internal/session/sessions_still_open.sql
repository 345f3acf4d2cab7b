create or replace function internal.sessions_still_open(p_ids uuid[])
  returns setof uuid
  language sql
  stable
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
  select s.id from internal.session as s where s.id = any (p_ids) and s.expires_at > now()
$$;

alter function internal.sessions_still_open(uuid[]) owner to commerce_system;
grant execute on function internal.sessions_still_open(uuid[]) to commerce_auth;
comment on function internal.sessions_still_open(uuid[]) is
  'Which of these sessions are still open, for a server that holds connections in their name.';
