create or replace function internal.tg_users__login_subject()
  returns trigger
  language plpgsql
  security definer  -- lends: writing internal.login_subject
  set search_path = pg_catalog, pg_temp
as $$
begin
  if tg_op <> 'INSERT' then
    delete from internal.login_subject as l where l.tenant_id = old.tenant_id and l.user_id = old.id;
    perform internal.revoke_sessions(p_tenant_id => old.tenant_id, p_user_id => old.id);
  end if;
  if tg_op <> 'DELETE' and new.tenant_id is not null and new.auth_subject is not null and not new.is_deleted then
    insert into internal.login_subject (subject, tenant_id, user_id)
    values (new.auth_subject, new.tenant_id, new.id);
  end if;
  return null;
end
$$;

alter function internal.tg_users__login_subject() owner to commerce_definer;
comment on function internal.tg_users__login_subject() is
  'Trigger: internal.login_subject has a row for every live user with a login; a login that is taken away ends its sessions.';
