create or replace function internal.create_drafts(p_lines jsonb, p_customer_id uuid, p_channel text)
  returns uuid[]
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_line record;
  v_product commerce.products;
  v_tenant commerce.tenant;
  v_currencies jsonb := jsonb '{}';
  v_seller record;
  v_order_id uuid;
  v_order_ids uuid[] := '{}'::uuid[];
begin
  select t.* into v_tenant from commerce.tenant as t where t.id = v_tenant_id;
  for v_line in select l.* from internal.order_lines(p_lines) as l order by l.line_number loop
    v_product := null;
    select p.*
      into v_product
      from commerce.products as p
     where p.tenant_id = v_tenant_id and p.id = v_line.product_id;
    -- An order has one currency: that of its seller's first line.
    perform internal.require_for_sale(
      v_product, p_channel,
      coalesce(v_currencies ->> v_product.seller_id::text, v_product.currency_code),
      format('lines[%s].product_id', v_line.line_number - 1));
    v_currencies := jsonb_build_object(v_product.seller_id, v_product.currency_code) || v_currencies;
  end loop;

  for v_seller in
    select c.key::uuid as id, c.value as currency_code
      from jsonb_each_text(v_currencies) as c
     order by c.key
  loop
    -- placed_at keeps this order out of the unique index of open baskets: the customer may be
    -- filling one with the same seller, and it stays as it is.
    insert into commerce.orders (
      tenant_id, seller_id, customer_id, channel, currency_code, prices_include_tax, shipping_tax_rate, placed_at
    )
    values (
      v_tenant_id, v_seller.id, p_customer_id, p_channel, v_seller.currency_code, v_tenant.prices_include_tax,
      v_tenant.shipping_tax_rate, now()
    )
    returning id into v_order_id;

    insert into commerce.order_items (
      tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price,
      currency_code, tax_rate, tax_amount, product_name, sku, metadata
    )
    select v_tenant_id, v_order_id, p_customer_id, v_seller.id,
           row_number() over (order by l.line_number), p.id, l.quantity, p.price,
           p.currency_code, p.tax_rate,
           internal.line_tax(l.quantity * p.price, p.tax_rate, p.currency_code, v_tenant.prices_include_tax),
           p.name, p.sku, l.metadata
      from internal.order_lines(p_lines) as l
     cross join lateral (
       -- OFFSET 0 keeps the seller out of this look-up by id: without it the planner may read the
       -- seller's whole catalogue.
       select p.*
         from commerce.products as p
        where p.tenant_id = v_tenant_id and p.id = l.product_id
       offset 0
     ) as p
     where p.seller_id = v_seller.id;
    v_order_ids := v_order_ids || v_order_id;
  end loop;
  return v_order_ids;
end
$$;

grant execute on function internal.create_drafts(jsonb, uuid, text) to commerce_definer;
comment on function internal.create_drafts(jsonb, uuid, text) is
  'Makes drafts from the lines given to place_order, one for each seller, and returns their ids. SCVAL, SCNTF with the line.';
