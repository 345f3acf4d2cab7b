-- Written by the KYC functions; the ciphertexts are in no view.
select internal.attach_tenant_table('commerce.kyc_info');

create policy select_member on commerce.kyc_info for select to commerce_member
  using (
    ((select internal.has_permission('kyc.review')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()))
  );

select internal.grant_select('api.kyc_info');
