create or replace function api.submit_onboarding(p_expected_version integer)
  returns api.seller_onboarding
  language plpgsql
  volatile
  security definer  -- lends: writing the onboarding's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.own_onboarding_for_update('submitted');
begin
  perform internal.require_version(p_expected_version, v_onboarding.version, 'seller_onboarding', v_onboarding.id);
  perform internal.require_kyc_documents(v_onboarding, '{pending, verified}');

  update commerce.seller_onboarding as o
     set onboarding_status = 'submitted',
         verification_status = 'pending',
         submitted_at = now(),
         submission_count = o.submission_count + 1,
         additional_info_requested = null,
         version = o.version
   where o.tenant_id = v_onboarding.tenant_id and o.id = v_onboarding.id;
  update commerce.kyc_info as k
     set verification_status = 'pending', version = k.version
   where k.tenant_id = v_onboarding.tenant_id and k.seller_id = v_onboarding.seller_id;
  return internal.onboarding_view(v_onboarding.id);
end
$$;

alter function api.submit_onboarding(integer) owner to commerce_definer;
grant execute on function api.submit_onboarding(integer) to commerce_member;
comment on function api.submit_onboarding(integer) is
  'The seller asks for the review. Needs a document of identity and, for a company, its registration. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL with the documents that are missing.';
