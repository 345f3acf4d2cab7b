-- Undo: select internal.detach_policies('commerce.kyc_document');
-- Written by the KYC functions; where a file is stored is in no view.
select internal.attach_tenant_policies('commerce.kyc_document');

create policy select_member on commerce.kyc_document for select to commerce_member
  using (
    (
      (select internal.has_permission('kyc.review'))
      or (select internal.gate(internal.own_onboarding_id()))[seller_onboarding_hash]
    )
    and (
      (select internal.has_permission('kyc.review'))
      or seller_onboarding_id = (select internal.own_onboarding_id())
    )
  );

-- internal.tenants_with_work looks into every tenant, and tells ids only.
create policy select_system on commerce.kyc_document for select to commerce_system
  using (true);

grant select (
  id, tenant_id, seller_onboarding_id, reviewed_by, size_bytes, issued_on, expires_on, reviewed_at,
  document_type, verification_status, mime_type, rejection_reason, is_deleted, created_at,
  updated_at
) on commerce.kyc_document, api.kyc_document to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.kyc_document to commerce_definer;
grant select (tenant_id, id), delete on commerce.kyc_document to commerce_purge;
grant select on api.kyc_document to commerce_definer;
grant select (tenant_id, verification_status, expires_on) on commerce.kyc_document to commerce_system;
