create or replace function api.verify_manual_payment(
  p_payment_id uuid,
  p_is_received boolean,
  p_reason text,
  p_expected_version integer,
  p_amount numeric default null
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
begin
  perform internal.refuse_faults(
    case when p_is_received is null then internal.fault('is_received', 'must be true or false') end,
    internal.length_fault('reason', p_reason, 65536),
    case when p_amount is not null then internal.amount_fault('amount', p_amount, c.minor_unit) end,
    case when p_amount = 0 or not p_is_received and p_amount is not null
      then internal.fault('amount', 'must be more than 0, and given only for money that was received') end
  )
     from commerce.currency as c
    where c.code = v_payment.currency_code;
  if v_payment.payment_type = 'card' or v_payment.captured_amount > 0 then
    raise exception using
      errcode = 'SCTRN',
      message = 'only a payment that no provider confirms and that has received nothing can be verified by hand',
      detail = json_build_object('machine', 'payment.status', 'from', v_payment.status,
        'to', case when p_is_received then 'succeeded' else 'failed' end)::text,
      hint = 'Call correct_payment to correct what was received.';
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
      message = 'the person who uploaded the proof may not verify it';
  end if;

  update commerce.payment as p
     set failure_message = case when p_is_received then p.failure_message else p_reason end,
         verified_by = internal.user_id(),
         verified_at = now(),
         version = p.version
   where p.tenant_id = v_tenant_id and p.id = p_payment_id;
  perform internal.apply_payment_event(
    array[p_payment_id], case when p_is_received then 'captured' else 'failed' end, p_amount, null,
    internal.uuid_v7()::text, now(), 'staff', p_reason);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.verify_manual_payment(uuid, boolean, text, integer, numeric) owner to commerce_definer;
grant execute on function api.verify_manual_payment(uuid, boolean, text, integer, numeric)
  to commerce_member;
comment on function api.verify_manual_payment(uuid, boolean, text, integer, numeric) is
  'Records whether the money of a transfer or of cash has arrived, and how much where it is not the full amount; this is possible even after the payment was cancelled, has failed or has expired. Needs payments.manage, and another person than the one who uploaded the proof. SCPRM, SCTRN, SCAMT, SCNTF, SCVER, SCVRQ, SCVAL.
@param is_received Whether the money has arrived.
@param reason? Why the money has not arrived.
@param amount The amount that arrived; NULL for the amount that the payment asks.';
