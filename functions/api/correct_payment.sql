create or replace function api.correct_payment(
  p_payment_id uuid,
  p_captured_amount numeric,
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
  v_payment commerce.payment;
  v_least numeric;
begin
  perform internal.require_permission('payments.manage');
  v_payment := internal.payment_for_update(p_payment_id, p_expected_version);
  perform internal.refuse_faults(
    internal.amount_fault('captured_amount', p_captured_amount, c.minor_unit),
    internal.text_fault('reason', p_reason, 65536),
    case when v_payment.payment_type = 'store_credit'
      then internal.fault('payment_id', 'must not be a payment with store credit') end
  )
     from commerce.currency as c
    where c.code = v_payment.currency_code;
  -- Money that has gone back, is on its way back, is disputed or is allocated elsewhere must have come in.
  v_least := v_payment.captured_amount
    - internal.refundable_amount(v_payment, v_payment.order_id, v_payment.currency_code);
  if p_captured_amount < v_least or p_captured_amount = v_payment.captured_amount then
    raise exception using
      errcode = 'SCAMT',
      message = 'captured_amount must differ, and be at least what is refunded, disputed or allocated elsewhere',
      detail = json_build_object('field', 'captured_amount', 'limit', v_least::text)::text;
  end if;
  perform internal.apply_payment_event(
    array[p_payment_id], 'corrected', p_captured_amount - v_payment.captured_amount, null, internal.uuid_v7()::text,
    now(), 'staff', p_reason);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.correct_payment(uuid, numeric, text, integer) owner to commerce_definer;
grant execute on function api.correct_payment(uuid, numeric, text, integer) to commerce_member;
comment on function api.correct_payment(uuid, numeric, text, integer) is
  'Corrects the amount that was received with a payment, where the recorded amount is wrong. Needs payments.manage. SCAMT, SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param captured_amount The amount that was really received.
@param reason The reason, for the ledger.';
