create or replace function internal.tg_tenant__sessions()
  returns trigger
  language plpgsql
  security definer  -- lends: making the gate of sessions, and revoking them
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op = 'INSERT' then
    insert into internal.session_gate (tenant_id) values (new.id);
  end if;
  if not (new.is_active and new.status in ('active', 'closing')) then
    perform internal.revoke_sessions(p_tenant_id => new.id);
  end if;
  return null;
end
$$;

alter function internal.tg_tenant__sessions() owner to commerce_definer;
comment on function internal.tg_tenant__sessions() is
  'Trigger: a new tenant gets its gate of sessions, and the sessions of a tenant that is switched off, suspended or closed end.';
