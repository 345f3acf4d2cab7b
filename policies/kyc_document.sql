-- Undo: drop policy tenant on commerce.kyc_document; drop policy all_definer on commerce.kyc_document; drop policy all_purge on commerce.kyc_document; drop policy select_member on commerce.kyc_document; drop policy select_worker on commerce.kyc_document; drop policy select_platform on commerce.kyc_document; drop policy select_system on commerce.kyc_document; revoke all on commerce.kyc_document, api.kyc_document from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.kyc_document no force row level security; alter table commerce.kyc_document disable row level security;
-- Written by the KYC functions; where a file is stored is in no view.
alter table commerce.kyc_document enable row level security;
alter table commerce.kyc_document force row level security;

drop policy if exists tenant on commerce.kyc_document;
create policy tenant on commerce.kyc_document as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.kyc_document;
create policy all_definer on commerce.kyc_document for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.kyc_document;
create policy all_purge on commerce.kyc_document for all to commerce_purge
  using (true) with check (true);

drop policy if exists select_member on commerce.kyc_document;
create policy select_member on commerce.kyc_document for select to commerce_member
  using ((select internal.has_permission('kyc.review')) or seller_onboarding_id = (select internal.own_onboarding_id()));

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.kyc_document;
create policy select_worker on commerce.kyc_document for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.kyc_document;
create policy select_platform on commerce.kyc_document for select to commerce_platform
  using ((select internal.read_is_announced()));

-- internal.tenants_with_work looks into every tenant, and tells ids only.
drop policy if exists select_system on commerce.kyc_document;
create policy select_system on commerce.kyc_document for select to commerce_system
  using (true);

revoke all on commerce.kyc_document, api.kyc_document
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
grant select (
  id, tenant_id, seller_onboarding_id, reviewed_by, size_bytes, issued_on, expires_on, reviewed_at,
  document_type, verification_status, mime_type, rejection_reason, is_deleted, created_at,
  updated_at
) on commerce.kyc_document, api.kyc_document to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.kyc_document to commerce_definer;
grant select (tenant_id, id), delete on commerce.kyc_document to commerce_purge;
grant select on api.kyc_document to commerce_definer;
grant select (tenant_id, verification_status, expires_on) on commerce.kyc_document to commerce_system;
