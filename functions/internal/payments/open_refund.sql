create or replace function internal.open_refund(
  p_payment commerce.payment,
  p_order_id uuid,
  p_amount numeric,
  p_currency_code text,
  p_method text,
  p_key text,
  p_reason text,
  p_order_return_id uuid default null,
  p_part text default null
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_refund commerce.refund;
begin
  insert into commerce.refund (
    tenant_id, order_id, customer_id, seller_id, payment_id, order_return_id, currency_code, amount, method, part,
    idempotency_key, reason
  )
  select o.tenant_id, o.id, o.customer_id, o.seller_id, p_payment.id, p_order_return_id, p_currency_code, p_amount,
         -- Money that was paid with store credit goes back to it.
         case when p_payment.payment_type = 'store_credit' then 'store_credit' else p_method end,
         p_part, p_key, p_reason
    from commerce.orders as o
   where o.tenant_id = p_payment.tenant_id and o.id = p_order_id
  on conflict (tenant_id, idempotency_key) do nothing
  returning * into v_refund;
  if not found then
    -- The key is deleted after a week; the refund that it made stays.
    raise exception using
      errcode = 'SCDUP',
      message = 'a refund was made with this key before',
      detail = json_build_object('field', 'idempotency_key')::text;
  end if;
  -- A write of the order, so that a transaction that cannot see this refund fails instead of promising the money again.
  update commerce.orders as o
     set refunded_amount = o.refunded_amount
   where o.tenant_id = v_refund.tenant_id and o.id = v_refund.order_id;
  -- Store credit needs no provider.
  if v_refund.method = 'store_credit' then
    perform internal.finish_refund(v_refund, 'succeeded', 'job');
  end if;
  return v_refund.id;
end
$$;

grant execute on function internal.open_refund(commerce.payment, uuid, numeric, text, text, text, text, uuid, text)
  to commerce_definer;
comment on function internal.open_refund(commerce.payment, uuid, numeric, text, text, text, text, uuid, text) is
  'Writes a refund of a payment''s money for an order; one to store credit is done at once. The caller has locked the order and checked the amount. SCDUP for a key that was used.';
