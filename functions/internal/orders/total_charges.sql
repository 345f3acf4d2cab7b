create or replace function internal.total_charges(p_order_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  update commerce.order_charge as c
     set tax_amount = internal.line_tax(c.amount, c.tax_rate, u.minor_unit, o.prices_include_tax)
    from commerce.orders as o
    join commerce.currency as u on u.code = o.currency_code
   where c.tenant_id = v_tenant_id and c.order_id = p_order_id and o.tenant_id = v_tenant_id and o.id = p_order_id;
  update commerce.orders as o
     set fee_amount = f.amount,
         fee_tax_amount = f.tax_amount,
         shipping_tax_amount =
           internal.line_tax(o.shipping_amount, o.shipping_tax_rate, u.minor_unit, o.prices_include_tax)
    from (
      select coalesce(sum(c.amount), 0) as amount, coalesce(sum(c.tax_amount), 0) as tax_amount
        from commerce.order_charge as c
       where c.tenant_id = v_tenant_id and c.order_id = p_order_id
    ) as f, commerce.currency as u
   where o.tenant_id = v_tenant_id and o.id = p_order_id and u.code = o.currency_code;
end
$$;

grant execute on function internal.total_charges(uuid) to commerce_definer;
comment on function internal.total_charges(uuid) is
  'Taxes the fees and the shipping of an order that the caller has locked, each at its rate, and adds the fees up.';
