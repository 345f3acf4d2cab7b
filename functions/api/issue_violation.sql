create or replace function api.issue_violation(
  p_user_id uuid,
  p_type text,
  p_severity text,
  p_action text,
  p_reason text,
  p_end_at timestamptz default null,
  p_complaint_id uuid default null,
  p_details jsonb default '{}'
)
  returns api.violations
  language plpgsql
  volatile
  security definer  -- lends: writing violations
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('violations.manage');
  v_id uuid := internal.uuid_v7();
begin
  perform internal.refuse_faults(
    internal.set_fault('type', p_type, 'violations', 'type'),
    internal.set_fault('severity', p_severity, 'violations', 'severity'),
    internal.set_fault('action', p_action, 'violations', 'action'),
    internal.text_fault('reason', p_reason, 65536),
    internal.object_fault('details', p_details),
    case when p_action = 'temp_ban' and p_end_at is null
      then internal.fault('end_at', 'must be given for a temporary ban') end,
    case when p_action = 'perm_ban' and p_end_at is not null
      then internal.fault('end_at', 'must not be given for a permanent ban') end,
    internal.calendar_fault('end_at', p_end_at),
    case when p_end_at <= now()
      then internal.fault('end_at', 'must be in the future') end
  );
  if not exists (
    select
      from commerce.users as u
     where u.tenant_id = v_tenant_id and u.id = p_user_id and not u.is_deleted
  ) then
    perform internal.refuse_missing('user_id');
  end if;
  if p_user_id = internal.user_id() then
    perform internal.refuse_input('user_id', 'must be someone else');
  end if;
  if p_complaint_id is not null and not exists (
    select
      from commerce.complaints as c
     where c.tenant_id = v_tenant_id and c.id = p_complaint_id
  ) then
    perform internal.refuse_missing('complaint_id');
  end if;

  insert into commerce.violations (
    id, tenant_id, user_id, complaint_id, issued_by, end_at, type, severity, action, reason, details
  )
  values (
    v_id, v_tenant_id, p_user_id, p_complaint_id, internal.user_id(), p_end_at, p_type, p_severity, p_action, p_reason,
    p_details
  );
  return internal.violation_view(v_id);
end
$$;

alter function api.issue_violation(uuid, text, text, text, text, timestamptz, uuid, jsonb) owner to commerce_definer;
grant execute on function api.issue_violation(uuid, text, text, text, text, timestamptz, uuid, jsonb)
  to commerce_member;
comment on function api.issue_violation(uuid, text, text, text, text, timestamptz, uuid, jsonb) is
  'Records that somebody broke the rules, with an action that applies at once. warning does nothing more; with restrict, the person can neither publish products nor place orders; with temp_ban and perm_ban, in addition, the person''s products are neither shown nor sold (a basket keeps its lines, and is refused when it is placed), and the person cannot write in the shop''s chat. Orders that are placed already go on, with their payments and returns, and no units are added to them; staff may order for anybody. A temporary ban needs an end. Needs violations.manage. SCPRM, SCNTF, SCVAL.
@param details? {violations.details}';
