create or replace function internal.revoke_sessions(
  p_role text default null,
  p_tenant_id uuid default null,
  p_user_id uuid default null
)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
  -- A condition that is NULL is left out, because each call has a plan of its own; a shared plan would read all
  -- sessions.
  set plan_cache_mode = force_custom_plan
as $$
declare
  v_own_id uuid := nullif(current_setting('commerce.session', true), '')::uuid;
begin
  -- The lock is held until commit: a session that is opened meanwhile waits, and is opened with the changes. Revokers
  -- do not wait for each other. To lock a row is to lock its table in row share mode, which is what
  -- a revocation in all tenants excludes.
  if p_tenant_id is null then
    lock table internal.session_gate in exclusive mode;
  else
    perform from internal.session_gate as g where g.tenant_id = p_tenant_id for share;
  end if;

  -- The session that revokes itself lasts to the end of its transaction, which is still being audited.
  update internal.session as s
     set expires_at = transaction_timestamp() + interval '1 microsecond'
   where s.id = v_own_id
     and (p_role is null or s.role = p_role)
     and (p_tenant_id is null or s.tenant_id = p_tenant_id)
     and (p_user_id is null or s.user_id = p_user_id);

  delete from internal.session as s
   where s.id is distinct from v_own_id
     and (p_role is null or s.role = p_role)
     and (p_tenant_id is null or s.tenant_id = p_tenant_id)
     and (p_user_id is null or s.user_id = p_user_id);
end
$$;

alter function internal.revoke_sessions(text, uuid, uuid) owner to commerce_system;
grant execute on function internal.revoke_sessions(text, uuid, uuid) to commerce_definer;
comment on function internal.revoke_sessions(text, uuid, uuid) is
  'Ends all sessions of a role, a tenant or a user; NULL means any.';
