-- Undo: select internal.detach_policies('commerce.kyc_info');
-- Written by the KYC functions; the ciphertexts are in no view.
select internal.attach_tenant_policies('commerce.kyc_info');

create policy select_member on commerce.kyc_info for select to commerce_member
  using (
    ((select internal.has_permission('kyc.review')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()))
  );

grant select (
  id, tenant_id, seller_id, reviewed_by, country_code, reviewed_at, tax_id_last_four, id_type,
  verification_status, rejection_reason, version, created_at, updated_at
) on commerce.kyc_info, api.kyc_info to commerce_member, commerce_worker, commerce_platform;
grant select, insert, update on commerce.kyc_info to commerce_definer;
grant select on api.kyc_info to commerce_definer;
