-- Requires: functions/internal/session/current_session.sql
create or replace function internal.session_role()
  returns text
  language sql
  stable
  parallel safe
  security definer  -- lends: reading the session
  set search_path = pg_catalog, pg_temp
as $$
  select s.role from internal.current_session() as s
$$;

alter function internal.session_role() owner to commerce_system;
grant execute on function internal.session_role() to commerce_definer;
comment on function internal.session_role() is
  'The request role that the current session is bound to; NULL without a session. SCCTX as in internal.tenant_id().';
