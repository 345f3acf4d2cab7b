-- Requires: functions/internal/onboarding/missing_kyc_documents.sql
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
  v_missing text[] := internal.missing_kyc_documents(p_onboarding, p_statuses);
begin
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
