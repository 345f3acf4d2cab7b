create or replace function api.escalate_complaint(
  p_complaint_id uuid,
  p_reason text,
  p_expected_version integer
)
  returns api.complaints
  language plpgsql
  volatile
  security definer  -- lends: writing complaints
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_complaint commerce.complaints := internal.complaint_for_update(p_complaint_id, p_expected_version);
begin
  perform internal.require_text('reason', p_reason, 65536);
  -- A complaint that is escalated already changes its tier alone, up to the last tier.
  if v_complaint.status <> 'escalated' then
    perform internal.require_transition('complaints.status', v_complaint.status, 'escalated');
  end if;
  if v_complaint.tier = 'tier3' then
    raise exception using
      errcode = 'SCTRN',
      message = 'there is no tier above the third',
      detail = json_build_object('machine', 'complaints.tier', 'from', 'tier3', 'to', null)::text;
  end if;

  update commerce.complaints as c
     set status = 'escalated',
         tier = case c.tier when 'tier1' then 'tier2' else 'tier3' end,
         escalation_reason = p_reason,
         version = c.version
   where c.tenant_id = v_complaint.tenant_id and c.id = v_complaint.id;
  return internal.complaint_view(v_complaint.id);
end
$$;

alter function api.escalate_complaint(uuid, text, integer) owner to commerce_definer;
grant execute on function api.escalate_complaint(uuid, text, integer) to commerce_member;
comment on function api.escalate_complaint(uuid, text, integer) is
  'Moves a complaint up to the next of three tiers, with a reason. Needs complaints.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param reason {complaints.escalation_reason}';
