create or replace function internal.tg_team_members__sessions()
  returns trigger
  language plpgsql
  security definer  -- lends: revoking sessions
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.revoke_sessions(
    p_tenant_id => coalesce(new.tenant_id, old.tenant_id), p_user_id => coalesce(new.user_id, old.user_id));
  return null;
end
$$;

alter function internal.tg_team_members__sessions() owner to commerce_definer;
comment on function internal.tg_team_members__sessions() is
  'Trigger: a member whose role, permissions or place on the team changed comes back with a new session.';
