create or replace function api.adjust_order(
  p_order_id uuid,
  p_amount numeric,
  p_part text,
  p_reason text,
  p_idempotency_key text
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing adjustments and what an order derives from them
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('orders.manage');
  v_order commerce.orders;
begin
  perform internal.refuse_faults(
    internal.amount_fault('amount', abs(p_amount)),
    internal.set_fault('part', p_part, 'order_adjustment', 'part'),
    internal.text_fault('reason', p_reason, 65536)
  );
  if internal.begin_idempotent(
    'adjust_order', p_idempotency_key, jsonb_build_array(p_order_id, trim_scale(p_amount), p_part, p_reason)
  ) is not null then
    return internal.order_view(p_order_id);
  end if;

  select o.*
    into v_order
    from commerce.orders as o
   where o.tenant_id = v_tenant_id and o.id = p_order_id and not o.is_deleted
     for no key update;
  if not found then
    perform internal.refuse_missing('order_id');
  elsif v_order.status in ('draft', 'cancelled') then
    raise exception using
      errcode = 'SCIMM',
      message = 'only an order that is placed and not cancelled can be adjusted';
  end if;
  perform internal.require_amount('amount', abs(p_amount), c.minor_unit)
     from commerce.currency as c
    where c.code = v_order.currency_code;
  if p_amount = 0 or p_amount < -v_order.worth_amount then
    raise exception using
      errcode = 'SCAMT',
      message = 'amount must not be 0, nor take off more than the order is worth',
      detail = json_build_object('field', 'amount', 'limit', (-v_order.worth_amount)::text)::text;
  end if;

  insert into commerce.order_adjustment (
    tenant_id, order_id, customer_id, seller_id, currency_code, amount, part, reason
  )
  values (
    v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_order.currency_code, p_amount, p_part, p_reason
  );
  perform internal.follow_due_amount(v_tenant_id, p_order_id, v_order.due_amount);
  perform internal.finish_idempotent('adjust_order', p_idempotency_key, to_jsonb(p_order_id));
  return internal.order_view(p_order_id);
end
$$;

alter function api.adjust_order(uuid, numeric, text, text, text) owner to commerce_definer;
grant execute on function api.adjust_order(uuid, numeric, text, text, text) to commerce_member, commerce_worker;
comment on function api.adjust_order(uuid, numeric, text, text, text) is
  'Takes something off the price of a placed order (a negative amount: goodwill, a write-off, shipping or tax that is waived), or adds a fee to it. An overpayment that results can be refunded. Needs orders.manage. SCAMT, SCIMM, SCIDM, SCNTF, SCPRM, SCVAL.
@param amount {order_adjustment.amount}
@param part {order_adjustment.part}
@param reason {order_adjustment.reason}';
