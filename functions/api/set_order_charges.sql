create or replace function api.set_order_charges(
  p_order_id uuid,
  p_shipping_amount numeric,
  p_discount_amount numeric,
  p_reason text,
  p_expected_version integer,
  p_discount_rate numeric default null
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the amounts of an order and its lines
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('orders.manage');
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version);
  v_minor_unit smallint;
begin
  perform internal.require_text('reason', p_reason, 2000);
  if v_order.status not in ('draft', 'pending') then
    raise exception using
      errcode = 'SCIMM',
      message = 'the charges of a confirmed order cannot be changed';
  end if;

  select c.minor_unit into v_minor_unit from commerce.currency as c where c.code = v_order.currency_code;
  perform internal.require_amount('shipping_amount', p_shipping_amount, v_minor_unit);
  if p_discount_amount is not null and p_discount_rate is not null then
    perform internal.refuse_input('discount_rate', 'or discount_amount may be given, and not both');
  elsif p_discount_rate is not null then
    perform internal.require_share('discount_rate', p_discount_rate);
  elsif p_discount_amount is not null then
    perform internal.require_amount('discount_amount', p_discount_amount, v_minor_unit);
    if p_discount_amount > v_order.subtotal_amount then
      raise exception using
        errcode = 'SCAMT',
        message = 'discount_amount is more than the goods cost',
        detail = json_build_object('field', 'discount_amount', 'limit', v_order.subtotal_amount::text)::text;
    end if;
  end if;

  update commerce.orders as o
     set shipping_amount = p_shipping_amount,
         shipping_tax_rate = case v_order.status when 'draft' then t.shipping_tax_rate else o.shipping_tax_rate end,
         discount_sum = case
           when p_discount_amount is null and p_discount_rate is null then o.discount_sum
           else coalesce(p_discount_amount, 0)
         end,
         discount_basis = case when p_discount_amount is null then o.discount_basis else o.subtotal_amount end,
         discount_rate = case when p_discount_amount is null then coalesce(p_discount_rate, o.discount_rate) else 0 end,
         metadata = o.metadata || jsonb_build_object('chargesReason', p_reason),
         version = o.version
    from commerce.tenant as t
   where t.id = v_tenant_id and o.tenant_id = v_tenant_id and o.id = p_order_id;
  perform internal.spread_discount(p_order_id);
  perform internal.total_charges(p_order_id);
  perform internal.follow_due_amount(v_tenant_id, p_order_id, v_order.due_amount);

  return internal.order_view(p_order_id);
end
$$;

alter function api.set_order_charges(uuid, numeric, numeric, text, integer, numeric) owner to commerce_definer;
grant execute on function api.set_order_charges(uuid, numeric, numeric, text, integer, numeric)
  to commerce_member, commerce_worker;
comment on function api.set_order_charges(uuid, numeric, numeric, text, integer, numeric) is
  'Sets shipping and the discount of an order that is a draft or pending: a sum or a share of the price, which is distributed over the lines, and again whenever they change. When a basket becomes smaller, a sum is reduced to the same share of it. Without either, the discount does not change. Shipping is taxed at the shop''s rate, and once the order is placed at the rate of that time. Amounts are in the order''s currency. Needs orders.manage. SCAMT, SCIMM, SCNTF, SCVER, SCVRQ, SCVAL.
@param discount_amount? The sum that is taken off, at most what the goods cost.
@param reason The reason, for the log.
@param discount_rate The share that is taken off, instead of a sum: 0.1 is 10 %.';
