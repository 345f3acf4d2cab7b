create or replace function api.request_kyc_reveal(p_onboarding_id uuid, p_reason text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing the audit log
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_info commerce.kyc_info := internal.kyc_info_of(p_onboarding_id);
begin
  perform internal.require_text('reason', p_reason, 2000);

  perform audit.log_action('read', 'kyc_info', v_info.id::text, '{"reveal": "requested"}', p_reason);
end
$$;

alter function api.request_kyc_reveal(uuid, text) owner to commerce_definer;
grant execute on function api.request_kyc_reveal(uuid, text) to commerce_member;
comment on function api.request_kyc_reveal(uuid, text) is
  'Says why a seller''s numbers are about to be read; once this is committed, reveal_kyc_info gives them for 15 minutes. Needs kyc.review. SCPRM, SCNTF, SCVAL.
@param onboarding_id The seller''s onboarding.
@param reason Why the numbers are about to be read; kept in the log.';
