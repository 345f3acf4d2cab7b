create or replace function internal.require_kyc_documents(
  p_onboarding commerce.seller_onboarding,
  p_statuses text[]
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_types text[] := array(
    select d.document_type
      from commerce.kyc_document as d
     where d.tenant_id = p_onboarding.tenant_id
       and d.seller_onboarding_id = p_onboarding.id
       and d.verification_status = any (p_statuses)
       and (d.expires_on is null or d.expires_on > current_date)
       and not d.is_deleted
  );
  v_business_type text := (
    select s.business_type
      from commerce.seller_profile as s
     where s.tenant_id = p_onboarding.tenant_id and s.id = p_onboarding.seller_id
  );
  v_missing text[] := '{}'::text[];
begin
  if not v_types && array['national_id', 'passport', 'drivers_license', 'voter_id'] then
    v_missing := v_missing || 'identity'::text;
  end if;
  if v_business_type in ('partnership', 'limited_company', 'cooperative', 'non_profit')
    and 'business_registration' <> all (v_types)
  then
    v_missing := v_missing || 'business_registration'::text;
  end if;
  if v_missing <> '{}' then
    raise exception using
      errcode = 'SCVAL',
      message = 'documents are missing: ' || array_to_string(v_missing, ', '),
      detail = json_build_object('field', 'documents', 'missing', v_missing, 'status', p_statuses)::text;
  end if;
end
$$;

grant execute on function internal.require_kyc_documents(commerce.seller_onboarding, text[]) to commerce_definer;
comment on function internal.require_kyc_documents(commerce.seller_onboarding, text[]) is
  'Refuses an onboarding (SCVAL) without a document of identity and, for a company, of its registration, in one of the given states and not expired.';
