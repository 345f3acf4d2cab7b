create or replace function api.create_payment(
  p_order_id uuid,
  p_payment_type text,
  p_provider text,
  p_amount numeric,
  p_idempotency_key text,
  p_saved_payment_method_id uuid default null,
  p_provider_reference text default null
)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_own_id uuid := internal.acting_customer();
  v_operation text := concat_ws(' ', 'create_payment', v_own_id);
  v_payment_id uuid;
  v_order commerce.orders;
  v_limit numeric;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', p_amount),
    internal.set_fault('payment_type', p_payment_type, 'payment', 'payment_type'),
    case when p_payment_type = 'store_credit'
      then internal.fault('payment_type', 'must not be store_credit: call spend_credit') end,
    internal.text_fault('provider', p_provider, 255),
    case when p_provider_reference is not null
      then internal.text_fault('provider_reference', p_provider_reference, 255) end,
    case when p_provider_reference is not null and v_own_id is not null
      then internal.fault('provider_reference', 'must not be set by the shopper') end
  );
  v_payment_id := (internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_order_id, p_payment_type, p_provider, trim_scale(p_amount), p_saved_payment_method_id,
      p_provider_reference)) ->> 'payment_id')::uuid;
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
  elsif v_order.status in ('draft', 'cancelled') then
    perform internal.refuse_input('order_id', 'must be an order that is placed and not cancelled');
  end if;
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_order.currency_code;
  -- A zero with the decimals of the currency.
  v_limit := greatest(v_order.due_amount, 0 * v_order.due_amount);
  if p_amount = 0 or p_amount > v_limit then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must be more than 0 and at most what is still owed',
      detail = json_build_object('field', 'amount', 'limit', v_limit::text)::text;
  end if;
  if exists (
    select
      from commerce.payment as p
     where p.tenant_id = v_tenant_id
       and p.order_id = p_order_id
       and p.status in ('pending', 'requires_action', 'authorized')
  ) then
    raise exception using
      errcode = 'SCDUP',
      message = 'another payment of this order is still open',
      detail = json_build_object('field', 'order_id')::text,
      hint = 'Call leave_payment to give it up.';
  end if;
  if p_saved_payment_method_id is not null and not exists (
    select
      from commerce.saved_payment_method as m
      join commerce.buyer_profile as b on b.tenant_id = v_tenant_id and b.user_id = m.user_id
     where m.tenant_id = v_tenant_id
       and m.id = p_saved_payment_method_id
       and b.id = v_order.customer_id
       and not m.is_deleted
  ) then
    perform internal.refuse_missing('saved_payment_method_id');
  end if;

  v_payment_id := internal.uuid_v7();
  perform internal.refuse_reference(v_tenant_id, p_provider, p_provider_reference);
  insert into commerce.payment (
    id, tenant_id, order_id, customer_id, seller_id, saved_payment_method_id, currency_code, amount, expires_at,
    payment_type, provider, provider_reference, idempotency_key
  )
  values (
    v_payment_id, v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, p_saved_payment_method_id,
    v_order.currency_code, p_amount,
    case when p_payment_type <> 'cash_on_delivery' then now() + interval '24 hours' end,
    p_payment_type, p_provider, coalesce(p_provider_reference, v_payment_id::text),
    md5(concat_ws(' ', v_own_id, p_idempotency_key))
  )
  on conflict (tenant_id, idempotency_key) do nothing;
  if not found then
    -- The key is deleted after a week; the payment that was made with it is not.
    raise exception using
      errcode = 'SCDUP',
      message = 'a payment was made with this key before',
      detail = json_build_object('field', 'idempotency_key')::text;
  end if;
  perform internal.apply_waiting_events(p)
     from commerce.payment as p
    where p.tenant_id = v_tenant_id and p.id = v_payment_id and p_provider_reference is not null;
  perform internal.finish_idempotent(
    v_operation, p_idempotency_key, jsonb_build_object('payment_id', v_payment_id));
  return internal.payment_view(v_payment_id);
end
$$;

alter function api.create_payment(uuid, text, text, numeric, text, uuid, text) owner to commerce_definer;
grant execute on function api.create_payment(uuid, text, text, numeric, text, uuid, text)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.create_payment(uuid, text, text, numeric, text, uuid, text) is
  'Begins an attempt to pay an order, in its currency, of at most what is due. There is one attempt at a time. Cash on delivery follows what is due when the order changes. provider_reference is the provider''s id, where it is known already (set_payment_reference sets it later); a shopper never gives it. Without it, the reference is the payment''s own id, which the caller passes to the provider. What the provider has already reported of the reference is counted at once. SCDUP while another attempt is open, SCAMT, SCIDM, SCNTF, SCPRM, SCVAL.
@param saved_payment_method_id The saved means of payment to use.';
