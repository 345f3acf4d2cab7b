create or replace function internal.seed_demo_kyc(
  p_seller_id uuid,
  p_reviewer_id uuid,
  p_country text,
  p_status text
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_onboarding_id uuid;
  v_step text;
begin
  insert into commerce.seller_onboarding (tenant_id, seller_id)
  values (v_tenant_id, p_seller_id)
  on conflict do nothing;
  select o.id
    into v_onboarding_id
    from commerce.seller_onboarding as o
   where o.tenant_id = v_tenant_id and o.seller_id = p_seller_id;

  -- There is no key for these: random bytes of the length of an envelope look like one.
  insert into commerce.kyc_info (
    tenant_id, seller_id, country_code, id_type, tax_id, tax_id_hash, tax_id_last_four, verification_status
  )
  values (
    v_tenant_id, p_seller_id, p_country, 'national_id',
    sha256(internal.uuid_v7()::text::bytea) || sha256(internal.uuid_v7()::text::bytea),
    sha256(internal.uuid_v7()::text::bytea), '4821', 'pending'
  );
  insert into commerce.kyc_document (
    tenant_id, seller_onboarding_id, document_type, side, document_url, mime_type, size_bytes, sha256, issued_on,
    expires_on
  )
  select v_tenant_id, v_onboarding_id, d.type, d.side, 'kyc/' || internal.uuid_v7(), 'application/pdf', 245760,
         sha256(internal.uuid_v7()::text::bytea), current_date - 400, current_date + d.valid_days
    from (values
      ('national_id', 'front', 2500), ('national_id', 'back', 2500), ('proof_of_address', null, 300)
    ) as d (type, side, valid_days);

  foreach v_step in array array['in_progress', 'submitted', 'in_review', 'approved'] loop
    update commerce.seller_onboarding as o
       set onboarding_status = v_step,
           current_step = case v_step when 'in_progress' then 'kyc_upload' else o.current_step end,
           verification_status = case v_step
             when 'approved' then 'verified' when 'submitted' then 'pending' else o.verification_status
           end,
           submitted_at = case v_step when 'submitted' then now() else o.submitted_at end,
           submission_count = o.submission_count + (v_step = 'submitted')::integer,
           reviewed_by = case when v_step in ('in_review', 'approved') then p_reviewer_id end,
           verified_at = case v_step when 'approved' then now() end,
           version = o.version
     where o.tenant_id = v_tenant_id and o.id = v_onboarding_id;
    exit when v_step = p_status;
  end loop;

  if p_status = 'approved' then
    update commerce.kyc_document as d
       set verification_status = 'verified', reviewed_by = p_reviewer_id, reviewed_at = now()
     where d.tenant_id = v_tenant_id and d.seller_onboarding_id = v_onboarding_id;
    update commerce.kyc_info as k
       set verification_status = 'verified', reviewed_by = p_reviewer_id, reviewed_at = now(), version = k.version
     where k.tenant_id = v_tenant_id and k.seller_id = p_seller_id;
    update commerce.seller_profile as s
       set is_verified = true, version = s.version
     where s.tenant_id = v_tenant_id and s.id = p_seller_id;
  end if;
end
$$;

grant execute on function internal.seed_demo_kyc(uuid, uuid, text, text) to commerce_definer;
comment on function internal.seed_demo_kyc(uuid, uuid, text, text) is
  'Takes a demo seller through onboarding up to a status, with documents and random bytes in place of encrypted numbers.';
