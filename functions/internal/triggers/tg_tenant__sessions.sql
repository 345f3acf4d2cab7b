-- Undo: drop function internal.tg_tenant__sessions();
create or replace function internal.tg_tenant__sessions()
  returns trigger
  language plpgsql
  security definer  -- lends: revoking sessions
  set search_path = pg_catalog, pg_temp
as $$
begin
  if not (new.is_active and new.status in ('active', 'closing')) then
    perform internal.revoke_sessions(p_tenant_id => new.id);
  end if;
  return null;
end
$$;

alter function internal.tg_tenant__sessions() owner to commerce_definer;
comment on function internal.tg_tenant__sessions() is
  'Trigger: nobody stays in a tenant that is switched off, suspended or closed.';
