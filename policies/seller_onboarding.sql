-- Undo: select internal.detach_policies('commerce.seller_onboarding'); revoke all on api.onboarding_queue from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer;
-- Moved by the onboarding functions.
select internal.attach_tenant_policies('commerce.seller_onboarding');

create policy select_member on commerce.seller_onboarding for select to commerce_member
  using (
    ((select internal.has_permission('kyc.review')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()))
  );

grant select (
  id, tenant_id, seller_id, reviewed_by, submission_count, submitted_at, verified_at, rejected_at,
  onboarding_status, verification_status, current_step, rejection_reason, additional_info_requested,
  version, created_at, updated_at
) on commerce.seller_onboarding, api.seller_onboarding to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.seller_onboarding to commerce_definer;
grant select on api.seller_onboarding to commerce_definer;

revoke all on api.onboarding_queue
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.onboarding_queue to commerce_member, commerce_worker, commerce_platform;
