create or replace function api.resolve_complaint(
  p_complaint_id uuid,
  p_resolution text,
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
  perform internal.require_text('resolution', p_resolution, 65536);
  perform internal.require_transition('complaints.status', v_complaint.status, 'resolved');

  update commerce.complaints as c
     set status = 'resolved', resolution = p_resolution, resolved_at = now(), version = c.version
   where c.tenant_id = v_complaint.tenant_id and c.id = v_complaint.id;
  return internal.complaint_view(v_complaint.id);
end
$$;

alter function api.resolve_complaint(uuid, text, integer) owner to commerce_definer;
grant execute on function api.resolve_complaint(uuid, text, integer) to commerce_member;
comment on function api.resolve_complaint(uuid, text, integer) is
  'Resolves a complaint with a resolution, which the person who complained can read. Needs complaints.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
