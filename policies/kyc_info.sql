-- Undo: drop policy tenant on commerce.kyc_info; drop policy all_definer on commerce.kyc_info; drop policy select_member on commerce.kyc_info; drop policy select_worker on commerce.kyc_info; drop policy select_platform on commerce.kyc_info; revoke all on commerce.kyc_info, api.kyc_info from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer; alter table commerce.kyc_info no force row level security; alter table commerce.kyc_info disable row level security;
-- Written by the KYC functions; the ciphertexts are in no view.
alter table commerce.kyc_info enable row level security;
alter table commerce.kyc_info force row level security;

drop policy if exists tenant on commerce.kyc_info;
create policy tenant on commerce.kyc_info as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.kyc_info;
create policy all_definer on commerce.kyc_info for all to commerce_definer
  using (true) with check (true);

drop policy if exists select_member on commerce.kyc_info;
create policy select_member on commerce.kyc_info for select to commerce_member
  using ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.kyc_info;
create policy select_worker on commerce.kyc_info for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.kyc_info;
create policy select_platform on commerce.kyc_info for select to commerce_platform
  using ((select internal.read_is_announced()));

revoke all on commerce.kyc_info, api.kyc_info
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select (
  id, tenant_id, seller_id, reviewed_by, country_code, reviewed_at, tax_id_last_four, id_type,
  verification_status, rejection_reason, version, created_at, updated_at
) on commerce.kyc_info, api.kyc_info to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.kyc_info to commerce_definer;
grant select on api.kyc_info to commerce_definer;
