create or replace function internal.is_staff()
  returns boolean
  language sql
  stable
  parallel safe
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select coalesce(internal.session_role() in ('commerce_member', 'commerce_worker'), false)
$$;

grant execute on function internal.is_staff() to commerce_definer, commerce_system;
comment on function internal.is_staff() is
  'Whether the current session belongs to the merchant''s side: staff, a seller, or a worker.';
