create or replace function internal.open_platform_session(
  p_admin_id uuid,
  p_tenant_id uuid,
  p_reason text,
  p_minutes integer,
  out session_id uuid,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  security definer  -- lends: writing internal.session and the audit log
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if p_reason is null or length(btrim(p_reason)) not between 10 and 1000 then
    raise exception using
      errcode = 'SCVAL',
      message = 'reason must have 10 to 1000 characters',
      detail = json_build_object('field', 'reason')::text;
  end if;
  if p_minutes is null or p_minutes not between 1 and 240 then
    raise exception using
      errcode = 'SCVAL',
      message = 'minutes must be 1 to 240',
      detail = json_build_object('field', 'minutes')::text;
  end if;
  perform internal.refuse_moving(p_tenant_id);
  lock table internal.session_gate in row share mode;
  if not exists (
    select
      from commerce.users as u
     where u.tenant_id is null and u.id = p_admin_id and u.is_system_admin and not u.is_deleted
  ) or not exists (
    select from commerce.tenant as t where t.id = p_tenant_id
  ) then
    raise exception using errcode = 'SCPRM', message = 'only a system administrator opens a platform session';
  end if;

  insert into internal.session as s (tenant_id, user_id, role, reason, expires_at)
  values (p_tenant_id, p_admin_id, 'commerce_platform', p_reason, now() + make_interval(mins => p_minutes))
  returning s.id, s.expires_at into session_id, expires_at;

  perform audit.log_action(
    'impersonate', 'tenant', p_tenant_id::text, jsonb_build_object('minutes', p_minutes), p_reason,
    p_tenant_id, p_admin_id);
end
$$;

alter function internal.open_platform_session(uuid, uuid, text, integer) owner to commerce_system;
grant execute on function internal.open_platform_session(uuid, uuid, text, integer) to commerce_auth;
comment on function internal.open_platform_session(uuid, uuid, text, integer) is
  'Opens a system administrator''s session on one tenant, with a reason, for 1 to 240 minutes; logged here, in a transaction of its own, so that a later rollback cannot hide it. SCPRM, SCVAL, SCMOV.';
