create or replace function internal.record_provider_refund(
  p_payment commerce.payment,
  p_kind text,
  p_amount numeric,
  p_currency_code text,
  p_reference text,
  p_occurred_at timestamptz,
  p_source text,
  p_note text
)
  returns boolean
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text := case p_kind when 'refunded' then 'succeeded' else 'failed' end;
  v_currency_code text := coalesce(p_currency_code, p_payment.currency_code);
  v_refund commerce.refund;
begin
  -- The provider's own id of the refund decides. Otherwise it is the refund of this amount that others have reported
  -- already, or that was requested here; without an id, the one that waits for an answer comes first.
  select r.*
    into v_refund
    from commerce.refund as r
   where r.tenant_id = p_payment.tenant_id
     and r.payment_id = p_payment.id
     and (
       r.provider_reference = p_reference
       or (r.provider_reference is null or p_reference is null)
         and r.amount = p_amount
         and r.currency_code = v_currency_code
         and r.method <> 'store_credit'
         and case r.status
               when v_status then p_source = 'webhook'
               when 'cancelled' then v_status = 'succeeded'
               else true
             end
     )
   order by (r.provider_reference = p_reference) is not true,
            array_position(
              case when p_reference is null then array['pending', v_status] else array[v_status, 'pending'] end,
              r.status),
            r.id
   limit 1;
  if v_refund.status = v_status then
    update commerce.refund as r
       set provider_reference = p_reference
     where r.tenant_id = v_refund.tenant_id and r.id = v_refund.id and r.provider_reference is null;
    return false;
  elsif v_refund.id is null and p_amount = 0 then
    return false;
  elsif v_refund.id is null then
    -- This refund was made at the provider.
    insert into commerce.refund (
      tenant_id, order_id, customer_id, seller_id, payment_id, currency_code, amount, idempotency_key, reason
    )
    values (
      p_payment.tenant_id, p_payment.order_id, p_payment.customer_id, p_payment.seller_id, p_payment.id,
      v_currency_code, p_amount, internal.uuid_v7()::text, 'refunded at the provider'
    )
    returning * into v_refund;
  end if;
  perform internal.finish_refund(v_refund, v_status, p_source, p_reference, p_occurred_at, p_note);
  return true;
end
$$;

grant execute on function internal.record_provider_refund(
  commerce.payment, text, numeric, text, text, timestamptz, text, text) to commerce_definer;
comment on function internal.record_provider_refund(
  commerce.payment, text, numeric, text, text, timestamptz, text, text) is
  'Records that the provider gave money back (refunded), or that it did not arrive (refund_failed): of the refund that was asked for here, or one made at the provider. False when it is known already, also from staff or from the worker that asked for it.';
