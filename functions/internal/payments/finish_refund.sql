create or replace function internal.finish_refund(
  p_refund commerce.refund,
  p_status text,
  p_source text,
  p_provider_reference text default null,
  p_occurred_at timestamptz default now(),
  p_note text default null
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_payment commerce.payment;
begin
  select p.*
    into v_payment
    from commerce.payment as p
   where p.tenant_id = p_refund.tenant_id and p.id = p_refund.payment_id;
  update commerce.refund as r
     set status = p_status,
         provider_reference = coalesce(p_provider_reference, r.provider_reference),
         completed_at = case when p_status = 'succeeded' then p_occurred_at end
   where r.tenant_id = p_refund.tenant_id and r.id = p_refund.id;

  if p_status = 'succeeded' and p_refund.method = 'store_credit' and v_payment.payment_type <> 'store_credit' then
    -- The money stays here: it is for the customer's credit from now on.
    perform internal.allocate(
      v_payment, p_refund.order_id,
      internal.money_account(p_refund.tenant_id, p_refund.order_id, p_refund.currency_code),
      'refunded', -p_refund.amount, p_refund.currency_code, p_refund.id);
    perform internal.allocate(
      v_payment, p_refund.order_id, 'credit', 'refunded', p_refund.amount, p_refund.currency_code, p_refund.id);
    perform internal.grant_customer_credit(
      p_refund.tenant_id, p_refund.customer_id, p_refund.amount, p_refund.currency_code, p_refund.id,
      p_refund.reason);
  elsif p_status = 'succeeded' then
    perform internal.record_payment_event(
      v_payment, 'refunded', p_refund.amount, p_source, null, p_occurred_at, p_refund.currency_code, p_refund, p_note);
    if v_payment.payment_type = 'store_credit' then
      perform internal.return_customer_credit(v_payment, p_refund.amount);
    end if;
  else
    -- The money that had gone back is here again; for a refund that never went through, only the fact is recorded.
    perform internal.record_payment_event(
      v_payment, 'refund_failed', case p_refund.status when 'succeeded' then p_refund.amount else 0 end, p_source,
      null, p_occurred_at, p_refund.currency_code, p_refund, p_note);
  end if;

  perform internal.derive_payment(v_payment);
  perform internal.settle_return(p_refund.tenant_id, p_refund.order_return_id, p_occurred_at);
end
$$;

grant execute on function internal.finish_refund(commerce.refund, text, text, text, timestamptz, text)
  to commerce_definer;
comment on function internal.finish_refund(commerce.refund, text, text, text, timestamptz, text) is
  'Ends a refund: succeeded or failed, with its rows in the ledger, the order''s balance and the return that it is for. The caller has locked the order and checked the step.';
