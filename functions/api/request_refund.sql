create or replace function api.request_refund(
  p_payment_id uuid,
  p_amount numeric,
  p_idempotency_key text,
  p_order_return_id uuid default null,
  p_reason text default null,
  p_method text default 'original_payment'
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
  v_refundable numeric;
begin
  perform internal.require_in_set('method', p_method, 'refund', 'method');
  perform internal.limit_text('reason', p_reason, 65536);
  v_refund_id := (internal.begin_idempotent(
    'request_refund', p_idempotency_key,
    jsonb_build_array(p_payment_id, trim_scale(p_amount), p_order_return_id, p_reason, p_method)) ->> 'refund_id')::uuid;

  if v_refund_id is null then
    -- The order's lock holds back whoever else gives money of it back, cancels it or is paid.
    perform
       from commerce.orders as o
       join commerce.payment as p on p.tenant_id = v_tenant_id and p.order_id = o.id
      where o.tenant_id = v_tenant_id and p.id = p_payment_id
        for no key update of o;
    if not found then
      perform internal.refuse_missing('payment_id');
    end if;
    select p.*
      into v_payment
      from commerce.payment as p
     where p.tenant_id = v_tenant_id and p.id = p_payment_id;
    perform internal.require_amount('amount', p_amount, c.minor_unit)
       from commerce.currency as c
      where c.code = v_payment.currency_code;
    v_refundable := internal.in_currency(
      coalesce(internal.refundable_amount(v_tenant_id, p_payment_id), 0), v_payment.currency_code);
    if p_amount = 0 or p_amount > v_refundable then
      raise exception using
        errcode = 'SCAMT',
        message = 'amount must be more than nothing and at most what can be refunded',
        detail = json_build_object('field', 'amount', 'limit', v_refundable::text)::text;
    end if;
    if p_order_return_id is not null and not exists (
      select
        from commerce.order_returns as r
       where r.tenant_id = v_tenant_id and r.id = p_order_return_id and r.order_id = v_payment.order_id
    ) then
      perform internal.refuse_missing('order_return_id');
    end if;

    insert into commerce.refund (
      tenant_id, order_id, customer_id, seller_id, payment_id, order_return_id, currency_code, amount, method,
      idempotency_key, reason
    )
    values (
      v_tenant_id, v_payment.order_id, v_payment.customer_id, v_payment.seller_id, p_payment_id, p_order_return_id,
      v_payment.currency_code, p_amount, p_method, p_idempotency_key, p_reason
    )
    on conflict (tenant_id, idempotency_key) do nothing
    returning id into v_refund_id;
    if not found then
      -- The key is forgotten after a week; the refund that it made is not.
      raise exception using
        errcode = 'SCDUP',
        message = 'a refund was made with this key before',
        detail = json_build_object('field', 'idempotency_key')::text;
    end if;
    perform internal.finish_idempotent(
      'request_refund', p_idempotency_key, jsonb_build_object('refund_id', v_refund_id));
  end if;

  return internal.refund_view(v_refund_id);
end
$$;

alter function api.request_refund(uuid, numeric, text, uuid, text, text) owner to commerce_definer;
grant execute on function api.request_refund(uuid, numeric, text, uuid, text, text) to commerce_member, commerce_worker;
comment on function api.request_refund(uuid, numeric, text, uuid, text, text) is
  'Asks for money of a payment to be given back: together with what is given back already, at most what was paid. Needs payments.manage. SCAMT, SCIDM, SCDUP for a key of long ago, SCNTF, SCVAL.
@param order_return_id? The return that it is for.';
