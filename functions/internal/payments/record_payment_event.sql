create or replace function internal.record_payment_event(
  p_payment commerce.payment,
  p_kind text,
  p_amount numeric,
  p_source text,
  p_provider_event_id text default null,
  p_occurred_at timestamptz default now(),
  p_currency_code text default null,
  p_refund commerce.refund default null,
  p_note text default null
)
  returns boolean
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_currency_code text := coalesce(p_currency_code, p_payment.currency_code);
  v_order_id uuid := coalesce(p_refund.order_id, p_payment.order_id);
  v_cause text := case p_kind
    when 'captured' then 'captured'
    when 'corrected' then 'corrected'
    when 'refunded' then 'refunded'
    when 'refund_failed' then 'refunded'
  end;
begin
  insert into commerce.payment_event (
    tenant_id, order_id, customer_id, seller_id, payment_id, refund_id, currency_code, amount, occurred_at, kind,
    source, provider_event_id, note
  )
  values (
    p_payment.tenant_id, p_payment.order_id, p_payment.customer_id, p_payment.seller_id, p_payment.id, p_refund.id,
    v_currency_code, p_amount, p_occurred_at, p_kind, p_source, p_provider_event_id, p_note
  )
  on conflict (tenant_id, payment_id, provider_event_id) do nothing;
  if not found then
    return false;
  end if;

  if p_kind in ('disputed', 'dispute_won', 'dispute_lost') then
    perform internal.settle_disputes(p_payment, v_currency_code);
  elsif v_cause is not null and p_amount <> 0 then
    perform internal.allocate(
      p_payment,
      v_order_id,
      internal.money_account(p_payment.tenant_id, v_order_id, v_currency_code),
      v_cause,
      case p_kind when 'refunded' then -p_amount else p_amount end,
      v_currency_code,
      p_refund.id,
      p_note);
  end if;
  return true;
end
$$;

grant execute on function internal.record_payment_event(
  commerce.payment, text, numeric, text, text, timestamptz, text, commerce.refund, text) to commerce_definer;
comment on function internal.record_payment_event(
  commerce.payment, text, numeric, text, text, timestamptz, text, commerce.refund, text) is
  'Adds a fact to the ledger and, where money moved, what it is for: the order, or nothing yet when its currency is not the payment''s. False when the provider''s event is known already. The caller has locked the orders, and calls internal.derive_payment.';
