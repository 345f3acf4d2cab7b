create or replace function internal.record_provider_refund(
  p_payment commerce.payment,
  p_amount numeric,
  p_currency_code text,
  p_reference text,
  p_occurred_at timestamptz
)
  returns boolean
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund;
  v_currency_code text := coalesce(p_currency_code, p_payment.currency_code);
begin
  if p_amount = 0 or exists (
    select
      from commerce.refund as r
     where r.tenant_id = p_payment.tenant_id
       and r.payment_id = p_payment.id
       and r.status = 'succeeded'
       and r.provider_reference = p_reference
  ) then
    return false;
  end if;

  -- The one that was asked for here, if there is one of this amount; else it was made at the provider.
  select r.*
    into v_refund
    from commerce.refund as r
   where r.tenant_id = p_payment.tenant_id
     and r.payment_id = p_payment.id
     and r.amount = p_amount
     and r.currency_code = v_currency_code
     and r.status <> 'succeeded'
     and (r.provider_reference is null or p_reference is null or r.provider_reference = p_reference)
   order by r.status <> 'pending', r.id
   limit 1;
  if not found then
    insert into commerce.refund (
      tenant_id, order_id, customer_id, seller_id, payment_id, currency_code, amount, idempotency_key, reason
    )
    values (
      p_payment.tenant_id, p_payment.order_id, p_payment.customer_id, p_payment.seller_id, p_payment.id,
      v_currency_code, p_amount, internal.uuid_v7()::text, 'refunded at the provider'
    )
    returning * into v_refund;
  end if;
  perform internal.finish_refund(v_refund, 'succeeded', 'webhook', p_reference, p_occurred_at);
  return true;
end
$$;

grant execute on function internal.record_provider_refund(commerce.payment, numeric, text, text, timestamptz)
  to commerce_definer;
comment on function internal.record_provider_refund(commerce.payment, numeric, text, text, timestamptz) is
  'Records that the provider gave money back: the refund that was asked for here, or one made at the provider. False when it is known already.';
