-- Requires: functions/internal/onboarding/end_verification.sql
create or replace function api.review_document(
  p_document_id uuid,
  p_decision text,
  p_reason text default null
)
  returns api.kyc_document
  language plpgsql
  volatile
  security definer  -- lends: writing commerce.kyc_document
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('kyc.review');
  v_onboarding_id uuid;
  v_status text;
  v_document api.kyc_document;
begin
  select d.seller_onboarding_id
    into v_onboarding_id
    from commerce.kyc_document as d
   where d.tenant_id = v_tenant_id and d.id = p_document_id and not d.is_deleted;
  if not found then
    perform internal.refuse_missing('document_id');
  end if;
  perform internal.onboarding_for_review(v_onboarding_id);
  select d.verification_status
    into v_status
    from commerce.kyc_document as d
   where d.tenant_id = v_tenant_id and d.id = p_document_id
     for no key update;

  perform internal.refuse_faults(
    case when p_decision is null or p_decision not in ('verified', 'rejected')
      then internal.fault('decision', 'must be verified or rejected') end,
    internal.length_fault('reason', p_reason, 65536)
  );
  if p_decision = 'rejected' then
    perform internal.require_text('reason', p_reason, 65536);
  end if;
  perform internal.require_transition('kyc_document.verification_status', v_status, p_decision);

  -- The document that it replaces is no longer valid.
  if p_decision = 'verified' then
    update commerce.kyc_document as d
       set verification_status = 'expired'
      from commerce.kyc_document as n
     where n.tenant_id = v_tenant_id
       and n.id = p_document_id
       and d.tenant_id = v_tenant_id
       and d.seller_onboarding_id = v_onboarding_id
       and d.document_type = n.document_type
       and d.side is not distinct from n.side
       and d.verification_status = 'verified'
       and not d.is_deleted;
  end if;
  update commerce.kyc_document as d
     set verification_status = p_decision,
         rejection_reason = case when p_decision = 'rejected' then p_reason end,
         reviewed_by = internal.user_id(),
         reviewed_at = now()
   where d.tenant_id = v_tenant_id and d.id = p_document_id;
  if p_decision = 'rejected' then
    perform internal.end_verification(v_tenant_id, v_onboarding_id, 'rejected');
  end if;
  select d.*
    into v_document
    from api.kyc_document as d
   where d.tenant_id = v_tenant_id and d.id = p_document_id;
  return v_document;
end
$$;

alter function api.review_document(uuid, text, text) owner to commerce_definer;
grant execute on function api.review_document(uuid, text, text) to commerce_member;
comment on function api.review_document(uuid, text, text) is
  'Verifies a document, or rejects it with a reason; a seller who then lacks a document is verified no longer, and is asked for another. Needs kyc.review, and nobody reviews their own documents. SCPRM, SCNTF, SCTRN, SCVAL.
@param decision {verified|rejected} The decision.
@param reason Why it is rejected.';
