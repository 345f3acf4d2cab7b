-- Each order is written once, in its final state and with its sums, so that the log says in one row what was ordered.
create or replace function internal.create_orders(
  p_tenant_id uuid,
  p_lines jsonb,
  p_products commerce.products[],
  p_customer_id uuid,
  p_channel text,
  p_buyer_note text
)
  returns commerce.orders[]
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant;
  v_buyer record;
  v_seller record;
  v_order commerce.orders;
  v_orders commerce.orders[] := '{}'::commerce.orders[];
begin
  select t.* into v_tenant from commerce.tenant as t where t.id = p_tenant_id;
  select coalesce(b.full_name, c.display_name) as name,
         coalesce(b.phone_number, c.phone_number) as phone,
         coalesce(c.email, u.email) as email
    into v_buyer
    from commerce.customer as c
    join commerce.buyer_profile as b on b.tenant_id = p_tenant_id and b.id = c.id
    join commerce.users as u on u.tenant_id = p_tenant_id and u.id = b.user_id
   where c.tenant_id = p_tenant_id and c.id = p_customer_id;

  -- One after the other, so that the numbers follow the order of the sellers and not the planner.
  for v_seller in
    select p.seller_id as id, p.currency_code,
           sum(l.quantity * p.price) as subtotal_amount,
           sum(internal.line_tax(l.quantity * p.price, p.tax_rate, p.currency_code, v_tenant.prices_include_tax))
             as tax_amount,
           (array_agg(p.id order by l.line_number))[1] as first_product_id
      from jsonb_to_recordset(p_lines) as l (line_number integer, product_id uuid, quantity integer)
      join unnest(p_products) as p on p.id = l.product_id
     group by p.seller_id, p.currency_code
     order by p.seller_id
  loop
    insert into commerce.orders (
      tenant_id, product_id, seller_id, customer_id, currency_code, subtotal_amount, tax_amount, shipping_tax_rate,
      prices_include_tax, placed_at, order_number, channel, status, buyer_name, buyer_phone, buyer_email, buyer_note
    )
    values (
      p_tenant_id, v_seller.first_product_id, v_seller.id, p_customer_id, v_seller.currency_code,
      v_seller.subtotal_amount, v_seller.tax_amount, v_tenant.shipping_tax_rate, v_tenant.prices_include_tax, now(),
      internal.next_number('orders', p_tenant_id), p_channel, 'pending', v_buyer.name, v_buyer.phone, v_buyer.email, p_buyer_note
    )
    returning * into v_order;

    insert into commerce.order_items (
      tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price,
      currency_code, tax_rate, tax_amount, product_name, sku, metadata
    )
    select p_tenant_id, v_order.id, p_customer_id, v_seller.id,
           row_number() over (order by l.line_number), p.id, l.quantity, p.price,
           p.currency_code, p.tax_rate,
           internal.line_tax(l.quantity * p.price, p.tax_rate, p.currency_code, v_tenant.prices_include_tax),
           p.name, p.sku, l.metadata
      from jsonb_to_recordset(p_lines)
             as l (line_number integer, product_id uuid, quantity integer, metadata jsonb)
      join unnest(p_products) as p on p.id = l.product_id
     where p.seller_id = v_seller.id;
    v_orders := v_orders || v_order;
  end loop;
  return v_orders;
end
$$;

grant execute on function internal.create_orders(uuid, jsonb, commerce.products[], uuid, text, text) to commerce_definer;
comment on function internal.create_orders(uuid, jsonb, commerce.products[], uuid, text, text) is
  'Writes the orders of the lines given to place_order, one for each seller, and returns them. The caller has locked the products, which p_products holds, and taken their stock.';
