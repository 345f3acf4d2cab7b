create or replace function api.set_order_line(
  p_order_id uuid,
  p_product_id uuid,
  p_quantity integer,
  p_expected_version integer,
  p_metadata jsonb default '{}'
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: writing order lines
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.basket_for_update(p_order_id, p_expected_version);
  v_product commerce.products;
  v_line_count integer;
  v_last_line integer;
  -- Of the line, as it was and as it becomes; the latter NULL where discounts are spread over all lines.
  v_former_subtotal numeric;
  v_former_tax numeric;
  v_subtotal numeric;
  v_tax numeric;
begin
  perform internal.refuse_faults(
    internal.quantity_fault('quantity', p_quantity),
    internal.object_fault('metadata', p_metadata)
  );
  select count(*), coalesce(max(i.line_number), 0),
         coalesce(sum(i.subtotal) filter (where i.product_id = p_product_id and i.metadata = p_metadata), 0),
         coalesce(sum(i.tax_amount) filter (where i.product_id = p_product_id and i.metadata = p_metadata), 0)
    into v_line_count, v_last_line, v_former_subtotal, v_former_tax
    from commerce.order_items as i
   where i.tenant_id = v_order.tenant_id and i.order_id = v_order.id;
  select p.*
    into v_product
    from commerce.products as p
   where p.tenant_id = v_order.tenant_id and p.id = p_product_id;
  -- An empty basket takes the currency of its first product, unless something in it already has a price.
  if v_line_count = 0 and v_order.shipping_amount = 0 and v_order.fee_amount = 0 and v_order.discount_sum = 0 then
    v_order.currency_code := coalesce(v_product.currency_code, v_order.currency_code);
  end if;
  perform internal.require_for_sale(v_product, v_order.channel, v_order.currency_code, 'product_id');
  if v_product.seller_id <> v_order.seller_id then
    perform internal.refuse_input('product_id', 'must be a product of the order''s seller');
  end if;

  if v_order.discount_code is null and v_order.discount_sum = 0 and v_order.discount_rate = 0 then
    v_subtotal := p_quantity * v_product.price;
    v_tax := (
      select internal.line_tax(v_subtotal, v_product.tax_rate, c.minor_unit, v_order.prices_include_tax)
        from commerce.currency as c
       where c.code = v_order.currency_code
    );
  end if;
  -- Written with its sums, the order is not written again after its line.
  update commerce.orders as o
     set version = o.version,
         currency_code = v_order.currency_code,
         product_id = coalesce(o.product_id, p_product_id),
         subtotal_amount = o.subtotal_amount + coalesce(v_subtotal - v_former_subtotal, 0),
         tax_amount = o.tax_amount + coalesce(v_tax - v_former_tax, 0)
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;

  update commerce.order_items as i
     set quantity = p_quantity,
         unit_price = v_product.price,
         tax_rate = v_product.tax_rate,
         tax_amount = coalesce(v_tax, i.tax_amount),
         discount_amount = least(i.discount_amount, p_quantity * v_product.price),
         product_name = v_product.name,
         sku = v_product.sku
   where i.tenant_id = v_order.tenant_id
     and i.order_id = v_order.id
     and i.product_id = p_product_id
     and i.metadata = p_metadata;
  if not found then
    if v_line_count >= 100 then
      perform internal.refuse_input('product_id', 'would be line 101: an order has at most 100');
    end if;
    insert into commerce.order_items (
      tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price,
      currency_code, tax_rate, tax_amount, product_name, sku, metadata
    )
    values (
      v_order.tenant_id, v_order.id, v_order.customer_id, v_order.seller_id, v_last_line + 1, p_product_id, p_quantity,
      v_product.price, v_product.currency_code, v_product.tax_rate, coalesce(v_tax, 0), v_product.name,
      v_product.sku, p_metadata
    );
  end if;
  if v_subtotal is null then
    perform internal.spread_discount(v_order.id);
  end if;

  return internal.order_view(v_order.id);
end
$$;

alter function api.set_order_line(uuid, uuid, integer, integer, jsonb) owner to commerce_definer;
grant execute on function api.set_order_line(uuid, uuid, integer, integer, jsonb)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.set_order_line(uuid, uuid, integer, integer, jsonb) is
  'Puts a product with the options that the buyer chose into a draft order, or replaces its quantity there; a product with other options is another line. Price, tax rate and name come from the product. expected_version is the order''s. SCIMM once placed, SCVER, SCVRQ, SCNTF, SCVAL with the field.
@param product_id {order_items.product_id}
@param quantity {order_items.quantity}
@param metadata? {order_items.metadata}';
