-- Requires: functions/internal/onboarding/missing_kyc_documents.sql
create or replace function internal.end_verification(p_tenant_id uuid, p_onboarding_id uuid, p_status text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding;
  v_missing text[];
begin
  select o.*
    into v_onboarding
    from commerce.seller_onboarding as o
   where o.tenant_id = p_tenant_id and o.id = p_onboarding_id
     for no key update;
  v_missing := internal.missing_kyc_documents(v_onboarding, '{verified}');
  if v_onboarding.onboarding_status <> 'approved' or v_missing = '{}' then
    return;
  end if;

  update commerce.seller_onboarding as o
     set onboarding_status = 'additional_info_needed',
         verification_status = p_status,
         additional_info_requested = format('These documents are %s: %s', p_status, array_to_string(v_missing, ', ')),
         version = o.version
   where o.tenant_id = p_tenant_id and o.id = p_onboarding_id;
  update commerce.kyc_info as k
     set verification_status = p_status, version = k.version
   where k.tenant_id = p_tenant_id and k.seller_id = v_onboarding.seller_id;
  update commerce.seller_profile as s
     set is_verified = false, version = s.version
   where s.tenant_id = p_tenant_id and s.id = v_onboarding.seller_id;
end
$$;

grant execute on function internal.end_verification(uuid, uuid, text) to commerce_definer;
comment on function internal.end_verification(uuid, uuid, text) is
  'Takes an approved seller out of verified, and asks for what is missing, if a document that the approval needs is expired or rejected (the status); otherwise does nothing.';
