create or replace function api.set_order_charges(
  p_order_id uuid,
  p_shipping_amount numeric,
  p_discount_amount numeric,
  p_reason text,
  p_expected_version integer
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
      message = 'the charges of a confirmed order do not change';
  end if;

  select c.minor_unit into v_minor_unit from commerce.currency as c where c.code = v_order.currency_code;
  perform internal.require_amount('shipping_amount', p_shipping_amount, v_minor_unit);
  perform internal.require_amount('discount_amount', p_discount_amount, v_minor_unit);
  if p_discount_amount > v_order.subtotal_amount then
    raise exception using
      errcode = 'SCAMT',
      message = 'discount_amount is more than the goods cost',
      detail = json_build_object('field', 'discount_amount', 'limit', v_order.subtotal_amount::text)::text;
  end if;

  -- The discount is spread by what each line costs, up to and including each line in turn, so that
  -- rounding leaves nothing over. Tax follows at the rate that the product has now.
  update commerce.order_items as i
     set discount_amount = s.upto - s.before,
         tax_amount = internal.line_tax(i.subtotal - (s.upto - s.before), p.tax_rate, i.currency_code)
    from (
      select l.id,
             round(p_discount_amount * sum(l.subtotal) over lines
               / nullif(v_order.subtotal_amount, 0), v_minor_unit) as upto,
             round(p_discount_amount * (sum(l.subtotal) over lines - l.subtotal)
               / nullif(v_order.subtotal_amount, 0), v_minor_unit) as before
        from commerce.order_items as l
       where l.tenant_id = v_tenant_id and l.order_id = p_order_id and l.subtotal > 0
      window lines as (order by l.line_number)
    ) as s,
    commerce.products as p
   where i.tenant_id = v_tenant_id
     and i.id = s.id
     and p.tenant_id = v_tenant_id
     and p.id = i.product_id;
  update commerce.orders as o
     set shipping_amount = p_shipping_amount,
         metadata = o.metadata || jsonb_build_object('chargesReason', p_reason),
         version = o.version
   where o.tenant_id = v_tenant_id and o.id = p_order_id;

  return internal.order_view(p_order_id);
end
$$;

alter function api.set_order_charges(uuid, numeric, numeric, text, integer) owner to commerce_definer;
grant execute on function api.set_order_charges(uuid, numeric, numeric, text, integer)
  to commerce_member, commerce_worker;
comment on function api.set_order_charges(uuid, numeric, numeric, text, integer) is
  'Sets shipping and the discount of an order that is a draft or pending; the discount is spread over the lines. Amounts in the order''s currency. Needs orders.manage. SCAMT, SCIMM, SCNTF, SCVER, SCVRQ, SCVAL.
@param reason Why, for the log.';
