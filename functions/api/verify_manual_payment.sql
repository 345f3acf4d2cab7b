create or replace function api.verify_manual_payment(
  p_payment_id uuid,
  p_is_received boolean,
  p_reason text,
  p_expected_version integer
)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_payment commerce.payment := internal.payment_for_update(p_payment_id, p_expected_version);
  v_status text := case when p_is_received then 'succeeded' else 'failed' end;
  v_amount numeric := coalesce((v_payment.metadata ->> 'amount_received')::numeric, v_payment.amount);
begin
  if p_is_received is null then
    perform internal.refuse_input('is_received', 'must be true or false');
  end if;
  perform internal.limit_text('reason', p_reason, 65536);
  if v_payment.payment_type = 'card' and v_amount = v_payment.amount
    or v_payment.status not in ('pending', 'requires_action')
  then
    raise exception using
      errcode = 'SCTRN',
      message = 'only an open payment that no provider confirms is verified by hand',
      detail = json_build_object('machine', 'payment.status', 'from', v_payment.status, 'to', v_status)::text;
  end if;
  if exists (
    select
      from commerce.storefront_asset as a
     where a.tenant_id = v_tenant_id
       and a.id = v_payment.proof_asset_id
       and a.created_by = internal.user_id()
  ) then
    raise exception using
      errcode = 'SCPRM',
      message = 'who uploaded the proof does not verify it';
  end if;

  update commerce.payment as p
     set status = v_status,
         amount = case when p_is_received then v_amount else p.amount end,
         metadata = case when p_is_received then p.metadata - 'amount_received' else p.metadata end,
         succeeded_at = case when p_is_received then now() end,
         failure_message = case when p_is_received then p.failure_message else p_reason end,
         verified_by = internal.user_id(),
         verified_at = now(),
         version = p.version
   where p.tenant_id = v_tenant_id and p.id = p_payment_id;
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.verify_manual_payment(uuid, boolean, text, integer) owner to commerce_definer;
grant execute on function api.verify_manual_payment(uuid, boolean, text, integer)
  to commerce_member;
comment on function api.verify_manual_payment(uuid, boolean, text, integer) is
  'Says whether the money of a transfer or of cash has arrived, or whether to keep another amount than was asked for (metadata.amount_received), which then is the payment''s. Needs payments.manage, and not by who uploaded the proof. SCPRM, SCTRN, SCNTF, SCVER, SCVRQ, SCVAL.
@param is_received Whether the money has arrived.
@param reason? Why it has not.';
