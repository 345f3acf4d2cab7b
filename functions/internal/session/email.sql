-- Requires: functions/internal/session/current_session.sql
create or replace function internal.email()
  returns text
  language sql
  stable
  parallel safe
  security definer  -- lends: reading the session
  set search_path = pg_catalog, pg_temp
as $$
  select s.email from internal.current_session() as s
$$;

alter function internal.email() owner to commerce_system;
grant execute on function internal.email() to commerce_definer;
comment on function internal.email() is
  'The verified e-mail address of the current session; NULL without one. SCCTX as in internal.tenant_id().';
