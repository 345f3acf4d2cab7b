-- Moved by the onboarding functions.
select internal.attach_tenant_table('commerce.seller_onboarding');
select internal.attach_state_machine('commerce.seller_onboarding', 'onboarding_status');

create policy select_member on commerce.seller_onboarding for select to commerce_member
  using (
    ((select internal.has_permission('kyc.review')) or (select internal.gate(internal.seller_id()))[seller_hash])
    and ((select internal.has_permission('kyc.review')) or seller_id = (select internal.seller_id()))
  );

select internal.grant_select('api.seller_onboarding');

grant select on api.onboarding_queue to commerce_member, commerce_worker, commerce_platform;
