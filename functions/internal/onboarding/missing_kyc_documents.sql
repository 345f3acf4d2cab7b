create or replace function internal.missing_kyc_documents(
  p_onboarding commerce.seller_onboarding,
  p_statuses text[]
)
  returns text[]
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_today date := internal.shop_day(p_onboarding.tenant_id);
  -- The back of a document alone identifies no person, and the front counts only with the back, if there is one.
  v_types text[] := array(
    select d.document_type
      from commerce.kyc_document as d
     cross join lateral (
       select d.verification_status = any (p_statuses)
                and (d.expires_on is null or d.expires_on > v_today) as holds
     ) as v
     where d.tenant_id = p_onboarding.tenant_id
       and d.seller_onboarding_id = p_onboarding.id
       and not d.is_deleted
     group by d.document_type
    having (
      bool_or(v.holds) filter (where d.side is null)
      or bool_or(v.holds) filter (where d.side = 'front')
        and coalesce(bool_or(v.holds) filter (where d.side = 'back'), true)
    )
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
  return v_missing;
end
$$;

grant execute on function internal.missing_kyc_documents(commerce.seller_onboarding, text[]) to commerce_definer;
comment on function internal.missing_kyc_documents(commerce.seller_onboarding, text[]) is
  'What an onboarding lacks among documents in one of the given states that have not expired: identity and, for a company, business_registration. An empty array means that nothing is missing.';
