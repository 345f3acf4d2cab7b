-- Requires: functions/internal/session/current_session.sql
create or replace function internal.subject()
  returns text
  language sql
  stable
  parallel safe
  security definer  -- lends: reading the session
  set search_path = pg_catalog, pg_temp
as $$
  select s.subject from internal.current_session() as s
$$;

alter function internal.subject() owner to commerce_system;
grant execute on function internal.subject() to commerce_definer;
comment on function internal.subject() is
  'The identity provider''s subject of the current session; NULL without one. SCCTX as in internal.tenant_id().';
