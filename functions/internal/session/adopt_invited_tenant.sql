-- A person who answers an invitation may have no session of the tenant yet, or one of another. The person
-- stays the same, in the same request role, and gets no permission; the session is useless to any later
-- transaction, and the function that asks for it leaves it before it returns.
create or replace function internal.adopt_invited_tenant(p_tenant_id uuid)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing internal.session
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_current internal.session := internal.current_session();
  v_session_id uuid;
begin
  if v_current.tenant_id = p_tenant_id then
    return;
  end if;
  insert into internal.session (tenant_id, user_id, role, subject, email, expires_at)
  values (
    p_tenant_id,
    (select l.user_id
       from internal.login_subject as l
      where l.tenant_id = p_tenant_id and l.subject = v_current.subject),
    v_current.role, v_current.subject, v_current.email, transaction_timestamp() + interval '1 microsecond'
  )
  returning id into v_session_id;
  perform set_config('commerce.session', v_session_id::text, true);
end
$$;

alter function internal.adopt_invited_tenant(uuid) owner to commerce_system;
grant execute on function internal.adopt_invited_tenant(uuid) to commerce_definer;
comment on function internal.adopt_invited_tenant(uuid) is
  'Lets the current person act for a tenant within the function that answers its invitation; that function sets the session back.';
