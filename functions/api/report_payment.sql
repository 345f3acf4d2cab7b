create or replace function api.report_payment(
  p_payment_id uuid,
  p_kind text,
  p_amount numeric,
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
  v_limit numeric;
begin
  perform internal.require_permission('payments.manage');
  v_payment := internal.payment_for_update(p_payment_id, p_expected_version);
  perform internal.require_in_set('kind', p_kind, 'payment_event', 'kind');
  if p_kind not in ('disputed', 'dispute_won', 'dispute_lost', 'refunded') then
    perform internal.refuse_input('kind', 'must be disputed, dispute_won, dispute_lost or refunded');
  end if;
  perform internal.require_text('reason', p_reason, 65536);
  if v_payment.payment_type = 'store_credit' then
    perform internal.refuse_input('payment_id', 'must not be a payment with store credit');
  end if;
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_payment.currency_code;
  v_limit := case
    when p_kind = 'dispute_won' then v_payment.disputed_amount
    else greatest(v_payment.captured_amount - v_payment.refunded_amount, 0 * v_payment.captured_amount)
  end;
  if p_amount = 0 or p_amount > v_limit then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what the payment holds or what is disputed of it',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;
  perform internal.apply_payment_event(
    array[p_payment_id], p_kind, p_amount, null, internal.uuid_v7()::text, now(), 'staff', p_reason);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.report_payment(uuid, text, numeric, text, integer) owner to commerce_definer;
grant execute on function api.report_payment(uuid, text, numeric, text, integer) to commerce_member;
comment on function api.report_payment(uuid, text, numeric, text, integer) is
  'Says what staff have read at the provider, where no webhook came: that money is disputed, that a dispute was won or lost, or that a refund was made there. Needs payments.manage. SCAMT, SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param kind disputed, dispute_won, dispute_lost or refunded.
@param amount How much of the payment.
@param reason How it is known, for the ledger.';
