create or replace function api.spend_credit(p_order_id uuid, p_amount numeric, p_idempotency_key text)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments and store credit
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_operation text := concat_ws(' ', 'spend_credit', v_own_id);
  v_order commerce.orders;
  v_payment commerce.payment;
  v_payment_id uuid;
  v_limit numeric;
  v_left numeric := p_amount;
  v_grant record;
begin
  perform internal.refuse_faults(internal.amount_fault('amount', p_amount));
  v_payment_id := (internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_order_id, trim_scale(p_amount))) ->> 'payment_id')::uuid;
  if v_payment_id is not null then
    return internal.payment_view(v_payment_id);
  end if;

  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id
     and o.id = p_order_id
     and not o.is_deleted
     and (v_own_id is null or o.customer_id = v_own_id)
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  end if;
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_order.currency_code;
  -- Each customer spends in one transaction at a time; otherwise two could spend the same credit.
  perform internal.lock_shopper(v_tenant_id, v_order.customer_id);
  select least(greatest(v_order.due_amount, 0), coalesce(sum(g.amount), 0))
    into v_limit
    from internal.credit_left(v_tenant_id, v_order.customer_id, v_order.currency_code) as g
   where g.expires_at is null or g.expires_at > now();
  if p_amount = 0 or p_amount > v_limit then
    v_limit := internal.in_currency(v_limit, v_order.currency_code);
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what is due and what the credit holds',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;

  v_payment_id := internal.uuid_v7();
  insert into commerce.payment (
    id, tenant_id, order_id, customer_id, seller_id, currency_code, amount, payment_type, provider,
    provider_reference, idempotency_key, status
  )
  values (
    v_payment_id, v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_order.currency_code, p_amount,
    'store_credit', 'store credit', v_payment_id::text, v_payment_id::text, 'succeeded'
  )
  returning * into v_payment;
  -- The credit that expires first is spent first.
  for v_grant in
    select g.*
      from internal.credit_left(v_tenant_id, v_order.customer_id, v_order.currency_code) as g
     where g.expires_at is null or g.expires_at > now()
     order by g.expires_at, g.credit_id
  loop
    exit when v_left = 0;
    insert into commerce.customer_credit (
      tenant_id, customer_id, granted_by_id, payment_id, currency_code, amount, kind
    )
    values (
      v_tenant_id, v_order.customer_id, v_grant.credit_id, v_payment_id, v_order.currency_code,
      -least(v_left, v_grant.amount), 'spent'
    );
    v_left := v_left - least(v_left, v_grant.amount);
  end loop;
  perform internal.record_payment_event(
    v_payment, 'captured', p_amount, case when v_own_id is null then 'staff' else 'shopper' end, 'spent');
  perform internal.derive_money(v_tenant_id, p_order_id);
  perform internal.follow_due_amount(v_tenant_id, p_order_id);
  perform internal.finish_idempotent(
    v_operation, p_idempotency_key, jsonb_build_object('payment_id', v_payment_id));
  return internal.payment_view(v_payment_id);
end
$$;

alter function api.spend_credit(uuid, numeric, text) owner to commerce_definer;
grant execute on function api.spend_credit(uuid, numeric, text) to commerce_member, commerce_buyer, commerce_worker;
comment on function api.spend_credit(uuid, numeric, text) is
  'Pays an order, or a part of it, with the store credit of its customer: at most the due amount and the credit that has not expired. Refunds of this payment go back to the credit. SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param amount {payment.amount}';
