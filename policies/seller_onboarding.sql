-- Undo: drop policy tenant on commerce.seller_onboarding; drop policy all_definer on commerce.seller_onboarding; drop policy select_member on commerce.seller_onboarding; drop policy select_worker on commerce.seller_onboarding; drop policy select_platform on commerce.seller_onboarding; revoke all on commerce.seller_onboarding, api.seller_onboarding, api.onboarding_queue from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.seller_onboarding no force row level security; alter table commerce.seller_onboarding disable row level security;
-- Moved by the onboarding functions.
alter table commerce.seller_onboarding enable row level security;
alter table commerce.seller_onboarding force row level security;

drop policy if exists tenant on commerce.seller_onboarding;
create policy tenant on commerce.seller_onboarding as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.seller_onboarding;
create policy all_definer on commerce.seller_onboarding for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.seller_onboarding;
create policy select_member on commerce.seller_onboarding for select to commerce_member
  using ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.seller_onboarding;
create policy select_worker on commerce.seller_onboarding for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.seller_onboarding;
create policy select_platform on commerce.seller_onboarding for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.seller_onboarding, api.seller_onboarding
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
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
