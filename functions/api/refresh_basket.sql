create or replace function api.refresh_basket(p_order_id uuid, p_expected_version integer)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing order lines
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.basket_for_update(p_order_id, p_expected_version);
begin
  update commerce.orders as o
     set prices_include_tax = t.prices_include_tax, shipping_tax_rate = t.shipping_tax_rate, version = o.version
    from commerce.tenant as t
   where t.id = v_order.tenant_id and o.tenant_id = v_order.tenant_id and o.id = v_order.id;
  -- The discount is distributed again below.
  update commerce.order_items as i
     set unit_price = p.price,
         discount_amount = least(i.discount_amount, i.quantity * p.price),
         tax_rate = p.tax_rate,
         product_name = p.name,
         sku = p.sku
    from commerce.products as p
   where i.tenant_id = v_order.tenant_id
     and i.order_id = v_order.id
     and p.tenant_id = v_order.tenant_id
     and p.id = i.product_id;
  perform internal.spread_discount(v_order.id);
  perform internal.total_charges(v_order.id);
  return internal.order_view(v_order.id);
end
$$;

alter function api.refresh_basket(uuid, integer) owner to commerce_definer;
grant execute on function api.refresh_basket(uuid, integer) to commerce_member, commerce_buyer, commerce_worker;
comment on function api.refresh_basket(uuid, integer) is
  'Puts today''s prices, tax rates and names into the lines of a draft order, and applies the shop''s present rules for taxes to the order, so that the buyer sees them before it is placed. expected_version is the order''s. SCIMM once placed, SCVER, SCVRQ, SCNTF, SCPRM.';
