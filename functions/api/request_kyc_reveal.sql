create or replace function api.request_kyc_reveal(p_onboarding_id uuid, p_reason text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: writing the audit log
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('kyc.review');
begin
  if not exists (
    select
      from commerce.seller_onboarding as o
     where o.tenant_id = v_tenant_id and o.id = p_onboarding_id
  ) then
    perform internal.refuse_missing('onboarding_id');
  end if;
  perform internal.require_text('reason', p_reason, 2000);

  perform audit.log_action('read', 'seller_onboarding', p_onboarding_id::text, '{"reveal": "requested"}', p_reason);
end
$$;

alter function api.request_kyc_reveal(uuid, text) owner to commerce_definer;
grant execute on function api.request_kyc_reveal(uuid, text) to commerce_member;
comment on function api.request_kyc_reveal(uuid, text) is
  'Records why a seller''s numbers and documents are about to be read. Once this is committed, reveal_kyc_info and open_kyc_document return them for 15 minutes. Needs kyc.review. SCPRM, SCNTF, SCVAL.
@param onboarding_id The seller''s onboarding.
@param reason Why they are about to be read; kept in the log.';
