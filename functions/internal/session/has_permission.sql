create or replace function internal.has_permission(p_code text)
  returns boolean
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading the session's permissions
  set search_path = pg_catalog, pg_temp
as $$
begin
  return coalesce(p_code = any (internal.session_permissions()), false);
end
$$;

alter function internal.has_permission(text) owner to commerce_system;
grant execute on function internal.has_permission(text)
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer;
comment on function internal.has_permission(text) is
  'Whether the current session holds a permission code; false without a session. SCCTX as in internal.tenant_id().';
