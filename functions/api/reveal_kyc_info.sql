-- Requires: functions/internal/onboarding/require_kyc_request.sql
create or replace function api.reveal_kyc_info(p_onboarding_id uuid)
  returns table (business_registration_number bytea, tax_id bytea)
  language plpgsql
  volatile
  security definer  -- lends: reading the ciphertexts
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_info commerce.kyc_info := internal.kyc_info_of(p_onboarding_id);
begin
  perform internal.require_kyc_request(v_info.tenant_id, p_onboarding_id);
  perform audit.log_action('read', 'kyc_info', v_info.id::text, '{"reveal": "done"}', null);
  business_registration_number := v_info.business_registration_number;
  tax_id := v_info.tax_id;
  return next;
end
$$;

alter function api.reveal_kyc_info(uuid) owner to commerce_definer;
grant execute on function api.reveal_kyc_info(uuid) to commerce_member;
comment on function api.reveal_kyc_info(uuid) is
  'Returns the encrypted numbers of a seller, for the application to decrypt, to the user who requested them within the last 15 minutes in an earlier transaction. Needs kyc.review. SCPRM, SCNTF.
@behavior -*';
