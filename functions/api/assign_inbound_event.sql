create or replace function api.assign_inbound_event(
  p_inbound_event_id uuid,
  p_order_id uuid,
  p_payment_type text
)
  returns api.payment
  language plpgsql
  volatile
  security definer  -- lends: writing payments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_event commerce.inbound_event;
  v_order commerce.orders;
  v_payment commerce.payment;
begin
  perform internal.refuse_faults(
    internal.set_fault('payment_type', p_payment_type, 'payment', 'payment_type'),
    case when p_payment_type = 'store_credit' then internal.fault('payment_type', 'must not be store_credit') end
  );
  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = p_order_id and not o.is_deleted and o.status <> 'draft'
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  end if;
  v_event := internal.inbound_event_for_update(p_inbound_event_id);
  if exists (
    select
      from commerce.currency as c
     where c.code = coalesce(v_event.currency_code, v_order.currency_code)
       and v_event.amount is not null
       and internal.amount_fault('amount', v_event.amount, c.minor_unit) is not null
  ) then
    perform internal.refuse_input('order_id', 'must be an order in a currency that has amounts like this one');
  end if;
  -- An amount in another currency, or a missing amount, does not say what was asked for.
  v_payment.amount := case
    when v_event.amount > 0 and coalesce(v_event.currency_code, v_order.currency_code) = v_order.currency_code
      then v_event.amount
    when v_event.amount > 0 then v_order.total_amount
    else v_order.due_amount
  end;
  if v_payment.amount <= 0 then
    perform internal.refuse_input('order_id', 'must be an order for which this could have been paid');
  end if;

  v_payment.id := internal.uuid_v7();
  insert into commerce.payment (
    id, tenant_id, order_id, customer_id, seller_id, currency_code, amount, payment_type, provider,
    provider_reference, idempotency_key, status, verified_by, verified_at
  )
  values (
    v_payment.id, v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_order.currency_code,
    v_payment.amount, p_payment_type, v_event.provider, v_event.provider_reference, v_payment.id::text, 'succeeded',
    internal.user_id(), now()
  )
  returning * into v_payment;
  perform internal.apply_waiting_events(v_payment);
  return internal.payment_view(v_payment.id);
end
$$;

alter function api.assign_inbound_event(uuid, uuid, text) owner to commerce_definer;
grant execute on function api.assign_inbound_event(uuid, uuid, text) to commerce_member;
comment on function api.assign_inbound_event(uuid, uuid, text) is
  'Assigns money that came with an unknown reference to an order, as a payment of it, together with all that the provider has reported of the same reference. Needs payments.manage. SCPRM, SCNTF, SCTRN, SCVAL.
@param order_id The order that the money is for.
@param payment_type {payment.payment_type}';
