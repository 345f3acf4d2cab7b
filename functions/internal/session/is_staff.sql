-- Requires: functions/internal/session/current_session.sql
create or replace function internal.is_staff(p_session internal.session default internal.current_session())
  returns boolean
  language plpgsql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(p_session.role in ('commerce_member', 'commerce_worker'), false);
end
$$;

grant execute on function internal.is_staff(internal.session) to commerce_definer, commerce_system;
comment on function internal.is_staff(internal.session) is
  'Whether a session, the current one if none is given, belongs to the merchant''s side: staff, a seller, or a worker.';
