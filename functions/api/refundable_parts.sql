create or replace function api.refundable_parts(p_order_id uuid)
  returns table (part text, currency_code text, amount numeric)
  language plpgsql
  stable
  security definer  -- lends: the refunds and adjustments of an order, to those who may refund it
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
  v_order commerce.orders;
begin
  select o.* into v_order from commerce.orders as o where o.tenant_id = v_tenant_id and o.id = p_order_id;
  if not found then
    perform internal.refuse_missing('order_id');
  end if;
  return query
    select r.part, v_order.currency_code, r.amount
      from internal.refundable_parts(v_tenant_id, p_order_id) as r;
end
$$;

alter function api.refundable_parts(uuid) owner to commerce_definer;
grant execute on function api.refundable_parts(uuid) to commerce_member, commerce_worker;
comment on function api.refundable_parts(uuid) is
  'How much can be refunded of each part of an order''s price: goods, tax, shipping and fee. A partial payment has paid each part in proportion. An overpayment beyond the price belongs to no part. Needs payments.manage. SCNTF, SCPRM.
@rowName refundable_part
@param order_id The order.
@returns part! {refund.part} The part.
@returns currency_code! {orders.currency_code}
@returns amount! How much.';
