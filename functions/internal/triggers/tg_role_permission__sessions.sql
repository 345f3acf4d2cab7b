create or replace function internal.tg_role_permission__sessions()
  returns trigger
  language plpgsql
  security definer  -- lends: revoking sessions
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.revoke_sessions(p_role => 'commerce_member');
  return null;
end
$$;

alter function internal.tg_role_permission__sessions() owner to commerce_definer;
comment on function internal.tg_role_permission__sessions() is
  'Trigger: members come back with the permissions that their role has now.';
