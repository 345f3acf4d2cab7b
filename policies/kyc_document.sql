-- Written by the KYC functions; where a file is stored is in no view.
select internal.attach_tenant_table('commerce.kyc_document');
select internal.attach_state_machine('commerce.kyc_document', 'verification_status');

create or replace trigger _500_free_upload
  after delete on commerce.kyc_document
  for each row execute function internal.tg__free_upload('document_url');

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

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.kyc_document for select to commerce_system
  using (true);

select internal.grant_select('api.kyc_document');
grant select (tenant_id, verification_status, expires_on) on commerce.kyc_document to commerce_system;
