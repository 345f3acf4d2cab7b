create or replace function api.allocate_money(
  p_payment_id uuid,
  p_order_id uuid,
  p_amount numeric,
  p_reason text,
  p_idempotency_key text,
  p_from_order_id uuid default null,
  p_currency_code text default null
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing what money is for
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_payment commerce.payment;
  v_order commerce.orders;
  v_from_id uuid;
  v_currency_code text;
  v_account text;
  v_limit numeric;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', p_amount),
    internal.text_fault('reason', p_reason, 65536)
  );
  if internal.begin_idempotent(
    'allocate_money', p_idempotency_key,
    jsonb_build_array(p_payment_id, p_order_id, trim_scale(p_amount), p_reason, p_from_order_id, p_currency_code)
  ) is not null then
    return internal.order_view(p_order_id);
  end if;

  select p.*
    into v_payment
    from commerce.payment as p
   where p.tenant_id = v_tenant_id and p.id = p_payment_id;
  if not found then
    perform internal.refuse_missing('payment_id');
  end if;
  v_from_id := coalesce(p_from_order_id, v_payment.order_id);
  select coalesce(p_currency_code, o.currency_code)
    into v_currency_code
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = v_from_id;
  if not found then
    perform internal.refuse_missing('from_order_id');
  end if;
  v_account := internal.money_account(v_tenant_id, v_from_id, v_currency_code);
  -- In the order of their ids, as every function that locks several orders does.
  perform
     from commerce.orders as o
    where o.tenant_id = v_tenant_id and o.id in (p_order_id, v_from_id, v_payment.order_id)
    order by o.id
      for no key update;
  select p.* into v_payment from internal.lock_payments(v_tenant_id, array[p_payment_id]) as p;
  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = p_order_id and not o.is_deleted;
  if not found then
    perform internal.refuse_missing('order_id');
  elsif v_order.customer_id <> v_payment.customer_id
    or v_order.currency_code <> v_currency_code
    or v_order.status = 'draft'
    or v_order.id = v_from_id and v_account = 'order'
  then
    perform internal.refuse_input(
      'order_id', 'must be another placed order of the same customer, in the currency of the money');
  end if;
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_currency_code;
  v_limit := internal.refundable_amount(v_payment, v_from_id, v_currency_code);
  if p_amount = 0 or p_amount > v_limit then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what is free',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;

  perform internal.allocate(
    v_payment, v_from_id, v_account, 'moved', -p_amount, v_currency_code, p_reason => p_reason);
  perform internal.allocate(v_payment, p_order_id, 'order', 'moved', p_amount, v_currency_code, p_reason => p_reason);
  perform internal.derive_payment(v_payment);
  perform internal.finish_idempotent('allocate_money', p_idempotency_key, to_jsonb(p_order_id));
  return internal.order_view(p_order_id);
end
$$;

alter function api.allocate_money(uuid, uuid, numeric, text, text, uuid, text) owner to commerce_definer;
grant execute on function api.allocate_money(uuid, uuid, numeric, text, text, uuid, text) to commerce_member;
comment on function api.allocate_money(uuid, uuid, numeric, text, text, uuid, text) is
  'Uses money of a payment for another order of the same customer: an overpayment of one order, the money that an exchange moves to the new order, or money that came in another currency. Returns the order. Needs payments.manage. SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param amount {money_allocation.amount}
@param order_id The order that the money is for from now on.
@param from_order_id The order that the money was for; NULL for the payment''s own order.
@param currency_code The currency of the money, where it came in another currency than that of the order it was for.
@param reason {money_allocation.reason}';
