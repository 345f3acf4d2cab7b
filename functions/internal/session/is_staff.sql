-- Requires: functions/internal/session/current_session.sql
create or replace function internal.is_staff()
  returns boolean
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_session internal.session := internal.current_session();
begin
  return coalesce(v_session.role in ('commerce_member', 'commerce_worker'), false);
end
$$;

grant execute on function internal.is_staff() to commerce_definer, commerce_system;
comment on function internal.is_staff() is
  'Whether the current session belongs to the merchant''s side: staff, a seller, or a worker.';
