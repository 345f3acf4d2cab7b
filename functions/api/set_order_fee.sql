create or replace function api.set_order_fee(
  p_order_id uuid,
  p_kind text,
  p_amount numeric,
  p_tax_rate numeric,
  p_expected_version integer
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing the fees of an order
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('orders.manage');
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version);
begin
  perform internal.refuse_faults(
    internal.set_fault('kind', p_kind, 'order_charge', 'kind'),
    case when p_tax_rate is null or not (p_tax_rate >= 0 and p_tax_rate < 1) or min_scale(p_tax_rate) > 4
      then internal.fault('tax_rate', 'must be at least 0 and below 1, with at most 4 decimals') end
  );
  perform internal.require_amount('amount', p_amount, c.minor_unit)
     from commerce.currency as c
    where c.code = v_order.currency_code;
  if v_order.status not in ('draft', 'pending') then
    raise exception using
      errcode = 'SCIMM',
      message = 'the fees of a confirmed order cannot be changed';
  end if;

  if p_amount = 0 then
    delete from commerce.order_charge as c
     where c.tenant_id = v_tenant_id and c.order_id = p_order_id and c.kind = p_kind;
  else
    insert into commerce.order_charge as c (
      tenant_id, order_id, customer_id, seller_id, currency_code, kind, amount, tax_rate
    )
    values (
      v_tenant_id, p_order_id, v_order.customer_id, v_order.seller_id, v_order.currency_code, p_kind, p_amount,
      p_tax_rate
    )
    on conflict (tenant_id, order_id, kind) do update
       set amount = excluded.amount, tax_rate = excluded.tax_rate;
  end if;
  update commerce.orders as o
     set version = o.version
   where o.tenant_id = v_tenant_id and o.id = p_order_id;
  perform internal.total_charges(p_order_id);
  perform internal.follow_due_amount(v_tenant_id, p_order_id, v_order.due_amount);

  return internal.order_view(p_order_id);
end
$$;

alter function api.set_order_fee(uuid, text, numeric, numeric, integer) owner to commerce_definer;
grant execute on function api.set_order_fee(uuid, text, numeric, numeric, integer) to commerce_member, commerce_worker;
comment on function api.set_order_fee(uuid, text, numeric, numeric, integer) is
  'Sets one fee of an order that is a draft or pending, such as the fee for cash on delivery, in place of the former fee of its kind; 0 removes it. Its tax is added, or contained where the order''s prices include tax. Needs orders.manage. SCAMT, SCIMM, SCNTF, SCVER, SCVRQ, SCPRM, SCVAL.
@param kind {order_charge.kind}
@param amount {order_charge.amount}
@param tax_rate {order_charge.tax_rate}';
