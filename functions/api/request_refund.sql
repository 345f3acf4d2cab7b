create or replace function api.request_refund(
  p_payment_id uuid,
  p_amount numeric,
  p_idempotency_key text,
  p_order_return_id uuid default null,
  p_reason text default null,
  p_method text default 'original_payment',
  p_order_id uuid default null,
  p_currency_code text default null,
  p_part text default null
)
  returns api.refund
  language plpgsql
  volatile
  security definer  -- lends: writing refunds
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_refund_id uuid;
  v_payment commerce.payment;
  v_order_id uuid;
  v_order_currency_code text;
  v_currency_code text;
  v_limit numeric;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', p_amount),
    internal.set_fault('method', p_method, 'refund', 'method'),
    internal.length_fault('reason', p_reason, 65536),
    case when p_currency_code is not null then internal.currency_fault('currency_code', p_currency_code) end,
    case when p_part is not null then internal.set_fault('part', p_part, 'refund', 'part') end
  );
  v_refund_id := (internal.begin_idempotent(
    'request_refund', p_idempotency_key,
    jsonb_build_array(p_payment_id, trim_scale(p_amount), p_order_return_id, p_reason, p_method, p_order_id,
      p_currency_code, p_part)) ->> 'refund_id')::uuid;

  if v_refund_id is null then
    select p.* into v_payment from internal.lock_payments(v_tenant_id, array[p_payment_id]) as p;
    if not found then
      perform internal.refuse_missing('payment_id');
    end if;
    v_order_id := coalesce(p_order_id, v_payment.order_id);
    select o.currency_code
      into v_order_currency_code
      from commerce.orders as o
     where o.tenant_id = v_tenant_id and o.id = v_order_id;
    if not found then
      perform internal.refuse_missing('order_id');
    end if;
    v_currency_code := coalesce(p_currency_code, v_order_currency_code);
    perform internal.require_amount('amount', p_amount, c.minor_unit)
       from commerce.currency as c
      where c.code = v_currency_code;
    v_limit := internal.refundable_amount(v_payment, v_order_id, v_currency_code);
    if p_part is not null and v_currency_code = v_order_currency_code then
      select least(v_limit, r.amount)
        into v_limit
        from internal.refundable_parts(v_tenant_id, v_order_id) as r
       where r.part = p_part;
    elsif p_part is not null then
      perform internal.refuse_input('part', 'must not be said of money in another currency than the order''s');
    end if;
    if p_amount = 0 or p_amount > v_limit then
      raise exception using
        errcode = 'SCAMT',
        message = 'amount must be more than 0 and at most what can be refunded',
        detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
    end if;
    if p_order_return_id is not null and not exists (
      select
        from commerce.order_returns as r
       where r.tenant_id = v_tenant_id and r.id = p_order_return_id and r.order_id = v_order_id
    ) then
      perform internal.refuse_missing('order_return_id');
    end if;

    v_refund_id := internal.open_refund(
      v_payment, v_order_id, p_amount, v_currency_code, p_method, p_idempotency_key, p_reason, p_order_return_id,
      p_part);
    perform internal.finish_idempotent(
      'request_refund', p_idempotency_key, jsonb_build_object('refund_id', v_refund_id));
  end if;

  return internal.refund_view(v_refund_id);
end
$$;

alter function api.request_refund(uuid, numeric, text, uuid, text, text, uuid, text, text) owner to commerce_definer;
grant execute on function api.request_refund(uuid, numeric, text, uuid, text, text, uuid, text, text)
  to commerce_member, commerce_worker;
comment on function api.request_refund(uuid, numeric, text, uuid, text, text, uuid, text, text) is
  'Requests a refund of a payment: at most what the payment holds for the order, less open refunds and disputed money, and for a part of the price at most what refundable_parts returns. The due amount of the order rises by the refund, unless a return or an adjustment has lowered what the order is worth. A refund to store_credit is done at once; a manual one is carried out by staff (complete_refund). order_id names another order to which staff allocated the money. currency_code is that of the money, where it came in another currency than the order''s. Needs payments.manage. SCAMT, SCIDM, SCDUP for a key that an earlier refund has used, SCNTF, SCVAL.
@param order_return_id? The return that it is for.
@param part {refund.part}';
