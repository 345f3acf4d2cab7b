create or replace function api.report_payment(
  p_payment_id uuid,
  p_kind text,
  p_amount numeric,
  p_reason text,
  p_expected_version integer,
  p_provider_event_id text default null
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
  perform internal.refuse_faults(
    case when coalesce(p_kind, '') not in ('disputed', 'dispute_won', 'dispute_lost', 'refunded', 'refund_failed')
      then internal.fault('kind', 'must be disputed, dispute_won, dispute_lost, refunded or refund_failed') end,
    internal.amount_fault('amount', p_amount, c.minor_unit),
    internal.text_fault('reason', p_reason, 65536),
    case when p_provider_event_id is not null
      then internal.text_fault('provider_event_id', p_provider_event_id, 255) end,
    case when v_payment.payment_type = 'store_credit'
      then internal.fault('payment_id', 'must not be a payment with store credit') end
  )
     from commerce.currency as c
    where c.code = v_payment.currency_code;
  v_limit := greatest(
    case p_kind
      when 'disputed' then v_payment.captured_amount - v_payment.refunded_amount - v_payment.disputed_amount
      when 'dispute_won' then v_payment.disputed_amount
        + internal.lost_amount(v_payment.tenant_id, p_payment_id, v_payment.currency_code)
      when 'refund_failed' then (
        select max(r.amount)
          from commerce.refund as r
         where r.tenant_id = v_payment.tenant_id
           and r.payment_id = p_payment_id
           and r.currency_code = v_payment.currency_code
           and r.method <> 'store_credit'
           and r.status in ('pending', 'succeeded')
           and r.amount = p_amount
      )
      else v_payment.captured_amount - v_payment.refunded_amount
    end,
    0 * v_payment.captured_amount);
  if p_amount = 0 or p_amount > v_limit then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what the payment holds, what is disputed or lost of it, or that of the refund',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;
  perform internal.apply_payment_event(
    array[p_payment_id], p_kind, p_amount, null,
    coalesce(p_provider_event_id, case when p_kind not in ('refunded', 'refund_failed') then internal.uuid_v7()::text end),
    now(), 'staff', p_reason);
  return internal.payment_view(p_payment_id);
end
$$;

alter function api.report_payment(uuid, text, numeric, text, integer, text) owner to commerce_definer;
grant execute on function api.report_payment(uuid, text, numeric, text, integer, text) to commerce_member;
comment on function api.report_payment(uuid, text, numeric, text, integer, text) is
  'Records what staff have read at the provider, where no webhook came: that money is disputed, that a dispute was won or lost (or won after it was lost), that a refund was made there, or that a refund failed. A webhook that comes later with the same amount is the same fact, and is not counted again. Needs payments.manage. SCAMT, SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param kind {disputed|dispute_won|dispute_lost|refunded|refund_failed} What happened there.
@param amount How much of the payment.
@param reason How staff know it, for the ledger.
@param provider_event_id The provider''s id of the event, or of the refund; a webhook with this id reports the same fact, whatever its amount.';
