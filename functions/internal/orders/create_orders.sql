-- Each order is written once, in its final state and with its sums, so that the log says in one row what was ordered.
-- placed_at keeps those that stay drafts out of the unique index of open baskets.
create or replace function internal.create_orders(
  p_tenant_id uuid,
  p_lines jsonb,
  p_product_ids uuid[],
  p_customer_id uuid,
  p_channel text,
  p_buyer_note text,
  p_discount_code text default null
)
  returns uuid[]
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant commerce.tenant;
  v_buyer record := internal.buyer_of_order(p_tenant_id, p_customer_id);
  v_seller record;
  v_order_id uuid;
  v_order_ids uuid[] := '{}'::uuid[];
begin
  select t.* into v_tenant from commerce.tenant as t where t.id = p_tenant_id;
  -- One after the other, so that the numbers follow the order of the sellers and not the planner.
  for v_seller in
    select p.seller_id as id, p.currency_code,
           sum(l.quantity * p.price) as subtotal_amount,
           sum(internal.line_tax(l.quantity * p.price, p.tax_rate, c.minor_unit, v_tenant.prices_include_tax))
             as tax_amount,
           (array_agg(p.id order by l.line_number))[1] as first_product_id
      from jsonb_to_recordset(p_lines) as l (line_number integer, product_id uuid, quantity integer)
      join commerce.products as p
        on p.tenant_id = p_tenant_id and p.id = any (p_product_ids) and p.id = l.product_id
      join commerce.currency as c on c.code = p.currency_code
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
      case when p_discount_code is null then internal.next_number('orders', p_tenant_id) end, p_channel,
      case when p_discount_code is null then 'pending' else 'draft' end,
      v_buyer.name, v_buyer.phone, v_buyer.email, p_buyer_note
    )
    returning id into v_order_id;

    insert into commerce.order_items (
      tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price,
      currency_code, tax_rate, tax_amount, product_name, sku, metadata
    )
    select p_tenant_id, v_order_id, p_customer_id, v_seller.id,
           row_number() over (order by l.line_number), p.id, l.quantity, p.price,
           p.currency_code, p.tax_rate,
           internal.line_tax(l.quantity * p.price, p.tax_rate, c.minor_unit, v_tenant.prices_include_tax),
           p.name, p.sku, l.metadata
      from jsonb_to_recordset(p_lines)
             as l (line_number integer, product_id uuid, quantity integer, metadata jsonb)
      join commerce.products as p
        on p.tenant_id = p_tenant_id and p.id = any (p_product_ids) and p.id = l.product_id
      join commerce.currency as c on c.code = p.currency_code
     -- An equality would let the planner read all that the seller sells.
     where p.seller_id is not distinct from v_seller.id;
    v_order_ids := v_order_ids || v_order_id;
  end loop;

  if p_discount_code is not null then
    perform internal.put_discount(v_order_ids, p_discount_code, 'discount_code');
  end if;
  return v_order_ids;
end
$$;

grant execute on function internal.create_orders(uuid, jsonb, uuid[], uuid, text, text, text)
  to commerce_definer;
comment on function internal.create_orders(uuid, jsonb, uuid[], uuid, text, text, text) is
  'Writes the orders of the lines given to place_order, one for each seller, and returns their ids. With a discount code they are drafts still, because the code is spread over their lines. The caller has locked the products and taken their stock.';
