create or replace function api.review_complaint(p_complaint_id uuid, p_expected_version integer)
  returns api.complaints
  language plpgsql
  volatile
  security definer  -- lends: writing complaints
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_complaint commerce.complaints := internal.complaint_for_update(p_complaint_id, p_expected_version);
begin
  perform internal.require_transition('complaints.status', v_complaint.status, 'in_review');

  update commerce.complaints as c
     set status = 'in_review',
         assigned_member_id = (
           select m.id
             from commerce.team_members as m
            where m.tenant_id = v_complaint.tenant_id and m.user_id = internal.user_id()
         ),
         resolved_at = null,
         version = c.version
   where c.tenant_id = v_complaint.tenant_id and c.id = v_complaint.id;
  return internal.complaint_view(v_complaint.id);
end
$$;

alter function api.review_complaint(uuid, integer) owner to commerce_definer;
grant execute on function api.review_complaint(uuid, integer) to commerce_member;
comment on function api.review_complaint(uuid, integer) is
  'Takes a complaint into review, or a resolved one again, and assigns it to the caller. Needs complaints.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN.';
