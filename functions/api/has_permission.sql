create or replace function api.has_permission(p_code text)
  returns boolean
  language sql
  stable
  security definer  -- lends: calling internal.has_permission
  set search_path = pg_catalog, pg_temp
as $$
  select internal.has_permission(p_code)
$$;

alter function api.has_permission(text) owner to commerce_definer;
grant execute on function api.has_permission(text) to commerce_member, commerce_buyer, commerce_anonymous;
comment on function api.has_permission(text) is
  'Whether the current session holds a permission code, as it was when the session was opened.
@param code {permission.code}
@notNull';
