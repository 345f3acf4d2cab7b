-- Requires: functions/internal/session/has_permission.sql
-- For policies of writing: what only a policy refuses would otherwise end with a code that does not say what is missing
-- (inserts), or without a row, as if there were none (updates). The policy of the tenant is restrictive, so PostgreSQL
-- tests it before this one, and a row of another merchant is as none.
create or replace function internal.must_have(p_code text)
  returns boolean
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading the session's permissions
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not internal.has_permission(p_code) then
    perform internal.require_permission(p_code);
  end if;
  return true;
end
$$;

alter function internal.must_have(text) owner to commerce_system;
grant execute on function internal.must_have(text) to commerce_member;
comment on function internal.must_have(text) is
  'True if the session holds the permission, and a refusal that names it otherwise: SCPRM, SCTEN without a tenant.';
