create or replace function api.save_kyc_info(
  p_country_code text,
  p_id_type text,
  p_business_registration_number bytea default null,
  p_business_registration_number_hash bytea default null,
  p_tax_id bytea default null,
  p_tax_id_hash bytea default null,
  p_tax_id_last_four text default null,
  p_expected_version integer default null
)
  returns api.kyc_info
  language plpgsql
  volatile
  security definer  -- lends: writing commerce.kyc_info
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_onboarding commerce.seller_onboarding := internal.editable_onboarding_for_update();
  v_info_id uuid;
  v_version integer;
  v_info api.kyc_info;
begin
  perform internal.refuse_faults(
    case when p_country_code is null or p_country_code !~ '^[A-Z]{2}$'
      then internal.fault('country_code', 'must be two capital letters') end,
    internal.set_fault('id_type', p_id_type, 'kyc_info', 'id_type')
  );
  perform internal.require_envelope('business_registration_number', p_business_registration_number);
  perform internal.require_envelope('tax_id', p_tax_id);
  if coalesce(octet_length(p_business_registration_number_hash), 0)
    <> (case when p_business_registration_number is null then 0 else 32 end)
  then
    perform internal.refuse_input('business_registration_number_hash', 'must be 32 bytes, and come with the envelope');
  end if;
  if coalesce(octet_length(p_tax_id_hash), 0) <> (case when p_tax_id is null then 0 else 32 end) then
    perform internal.refuse_input('tax_id_hash', 'must be 32 bytes, and come with the envelope');
  end if;
  if p_tax_id_last_four !~ '^[A-Za-z0-9]{1,4}$' or (p_tax_id_last_four is not null and p_tax_id is null) then
    perform internal.refuse_input('tax_id_last_four', 'must be one to four letters or digits, and come with the envelope');
  end if;

  select k.id, k.version
    into v_info_id, v_version
    from commerce.kyc_info as k
   where k.tenant_id = v_onboarding.tenant_id and k.seller_id = v_onboarding.seller_id
     for no key update;
  if not found then
    insert into commerce.kyc_info (
      tenant_id, seller_id, country_code, id_type, business_registration_number, business_registration_number_hash,
      tax_id, tax_id_hash, tax_id_last_four
    )
    values (
      v_onboarding.tenant_id, v_onboarding.seller_id, p_country_code, p_id_type, p_business_registration_number,
      p_business_registration_number_hash, p_tax_id, p_tax_id_hash, p_tax_id_last_four
    );
  else
    perform internal.require_version(p_expected_version, v_version, 'kyc_info', v_info_id);
    update commerce.kyc_info as k
       set country_code = p_country_code,
           id_type = p_id_type,
           business_registration_number = coalesce(p_business_registration_number, k.business_registration_number),
           business_registration_number_hash = coalesce(p_business_registration_number_hash, k.business_registration_number_hash),
           tax_id = coalesce(p_tax_id, k.tax_id),
           tax_id_hash = coalesce(p_tax_id_hash, k.tax_id_hash),
           tax_id_last_four = case when p_tax_id is null then k.tax_id_last_four else p_tax_id_last_four end,
           verification_status = 'unverified',
           version = k.version
     where k.tenant_id = v_onboarding.tenant_id and k.seller_id = v_onboarding.seller_id;
  end if;

  select k.*
    into v_info
    from api.kyc_info as k
   where k.tenant_id = v_onboarding.tenant_id and k.seller_id = v_onboarding.seller_id;
  return v_info;
end
$$;

alter function api.save_kyc_info(text, text, bytea, bytea, bytea, bytea, text, integer) owner to commerce_definer;
grant execute on function api.save_kyc_info(text, text, bytea, bytea, bytea, bytea, text, integer) to commerce_member;
comment on function api.save_kyc_info(text, text, bytea, bytea, bytea, bytea, text, integer) is
  'The seller saves the numbers that the onboarding needs, as envelopes that the application encrypted, with their blind indexes; a number that is left out does not change. The version is needed once the row exists. SCPRM, SCNTF, SCIMM, SCVAL, SCVER, SCVRQ.
@behavior -*';
