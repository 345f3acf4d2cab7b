create or replace function api.review_onboarding(
  p_onboarding_id uuid,
  p_decision text,
  p_reason text,
  p_expected_version integer
)
  returns api.seller_onboarding
  language plpgsql
  volatile
  security definer  -- lends: writing the onboarding, what it verified and the seller's mark
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.onboarding_for_review(p_onboarding_id);
  v_verification text;
begin
  perform internal.require_version(p_expected_version, v_onboarding.version, 'seller_onboarding', v_onboarding.id);
  v_verification := case p_decision
    when 'in_review' then 'pending'
    when 'additional_info_needed' then 'pending'
    when 'approved' then 'verified'
    when 'rejected' then 'rejected'
  end;
  perform internal.refuse_faults(
    case when v_verification is null
      then internal.fault('decision', 'must be one of in_review, additional_info_needed, approved, rejected') end,
    internal.length_fault('reason', p_reason, 65536)
  );
  if p_decision in ('additional_info_needed', 'rejected') then
    perform internal.require_text('reason', p_reason, 65536);
  end if;
  perform internal.require_transition(
    'seller_onboarding.onboarding_status', v_onboarding.onboarding_status, p_decision);
  if p_decision = 'approved' then
    perform internal.require_kyc_documents(v_onboarding, '{verified}');
  end if;

  update commerce.seller_onboarding as o
     set onboarding_status = p_decision,
         verification_status = v_verification,
         reviewed_by = internal.user_id(),
         verified_at = case when p_decision = 'approved' then now() else o.verified_at end,
         rejected_at = case when p_decision = 'rejected' then now() else o.rejected_at end,
         rejection_reason = case when p_decision = 'rejected' then p_reason end,
         additional_info_requested = case when p_decision = 'additional_info_needed' then p_reason end,
         version = o.version
   where o.tenant_id = v_onboarding.tenant_id and o.id = v_onboarding.id;
  update commerce.kyc_info as k
     set verification_status = v_verification,
         rejection_reason = case when p_decision = 'rejected' then p_reason end,
         reviewed_by = internal.user_id(),
         reviewed_at = now(),
         version = k.version
   where k.tenant_id = v_onboarding.tenant_id and k.seller_id = v_onboarding.seller_id;
  -- A review that begins again removes the mark only when it ends.
  update commerce.seller_profile as s
     set is_verified = p_decision = 'approved', version = s.version
   where s.tenant_id = v_onboarding.tenant_id
     and s.id = v_onboarding.seller_id
     and p_decision in ('approved', 'rejected')
     and s.is_verified <> (p_decision = 'approved');
  return internal.onboarding_view(v_onboarding.id);
end
$$;

alter function api.review_onboarding(uuid, text, text, integer) owner to commerce_definer;
grant execute on function api.review_onboarding(uuid, text, text, integer) to commerce_member;
comment on function api.review_onboarding(uuid, text, text, integer) is
  'Takes an onboarding into review, then approves it, rejects it or asks for more information; an approval verifies the seller, and needs verified documents. Needs kyc.review, and nobody reviews their own onboarding. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param decision {in_review|approved|rejected|additional_info_needed} The decision.
@param reason? Why it is rejected, or which information is still needed.';
