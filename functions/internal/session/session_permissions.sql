create or replace function internal.session_permissions()
  returns text[]
  language plpgsql
  stable
  parallel safe
  security definer  -- lends: reading internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_value text[];
begin
  if coalesce(current_setting('commerce.session', true), '') = '' then
    return null;
  end if;

  -- No plpgsql variable inside this query: one makes it four times as expensive, and policies run it.
  select s.permissions
    into v_value
    from internal.session as s
   where s.id = current_setting('commerce.session', true)::pg_catalog.uuid
     and s.role = current_setting('role', true)
     and s.expires_at > transaction_timestamp();
  if not found then
    perform internal.refuse_session();
  end if;
  return v_value;
end
$$;

alter function internal.session_permissions() owner to commerce_system;
grant execute on function internal.session_permissions()
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_audit, commerce_owner;
comment on function internal.session_permissions() is
  'The permission codes of the current session; NULL without a session. SCCTX as in internal.tenant_id().';
