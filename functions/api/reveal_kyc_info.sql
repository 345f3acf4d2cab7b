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
  -- The request was committed before: a rollback after reading cannot hide that this was read.
  if not audit.read_was_requested(
    v_info.tenant_id, internal.user_id(), 'kyc_info', v_info.id::text, interval '15 minutes')
  then
    raise exception using
      errcode = 'SCPRM',
      message = 'the reveal was not requested, or too long ago',
      detail = json_build_object('permission', 'kyc.review')::text,
      hint = 'Call request_kyc_reveal in a transaction of its own first.';
  end if;

  perform audit.log_action('read', 'kyc_info', v_info.id::text, '{"reveal": "done"}', null);
  business_registration_number := v_info.business_registration_number;
  tax_id := v_info.tax_id;
  return next;
end
$$;

alter function api.reveal_kyc_info(uuid) owner to commerce_definer;
grant execute on function api.reveal_kyc_info(uuid) to commerce_member;
comment on function api.reveal_kyc_info(uuid) is
  'The encrypted numbers of a seller, for the application to decrypt, to the user who requested them within the last 15 minutes in an earlier transaction. Needs kyc.review. SCPRM, SCNTF.
@behavior -*';
