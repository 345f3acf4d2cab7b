create or replace function internal.add_lines(p_order commerce.orders, p_lines jsonb)
  returns jsonb
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_line record;
  v_field text;
  v_product commerce.products;
  v_includes_tax boolean := (select t.prices_include_tax from commerce.tenant as t where t.id = p_order.tenant_id);
  v_minor_unit smallint := (select c.minor_unit from commerce.currency as c where c.code = p_order.currency_code);
  v_item commerce.order_items;
  v_short_line jsonb;
  v_short_lines jsonb := jsonb '[]';
  v_last_line integer := (
    select max(i.line_number)
      from commerce.order_items as i
     where i.tenant_id = p_order.tenant_id and i.order_id = p_order.id
  );
begin
  for v_line in select l.* from internal.order_lines(p_lines) as l order by l.line_number loop
    v_field := format('new_lines[%s].product_id', v_line.line_number - 1);
    v_product := null;
    select p.*
      into v_product
      from commerce.products as p
     where p.tenant_id = p_order.tenant_id and p.id = v_line.product_id;
    perform internal.require_for_sale(v_product, p_order.channel, p_order.currency_code, v_field);
    if v_product.seller_id <> p_order.seller_id then
      perform internal.refuse_input(v_field, 'must be a product of the order''s seller');
    end if;
    -- Today's price, under the rule that the order was placed with: it costs the buyer what the shop shows today.
    if v_includes_tax <> p_order.prices_include_tax then
      v_product.price := v_product.price
        + case when v_includes_tax then -1 else 1 end
          * internal.line_tax(v_product.price, v_product.tax_rate, v_minor_unit, v_includes_tax);
    end if;
    -- A line without units, which then takes them as any other.
    insert into commerce.order_items (
      tenant_id, order_id, customer_id, seller_id, line_number, product_id, quantity, unit_price, currency_code,
      tax_rate, product_name, sku, metadata
    )
    values (
      p_order.tenant_id, p_order.id, p_order.customer_id, p_order.seller_id, v_last_line + v_line.line_number,
      v_product.id, 0, v_product.price, v_product.currency_code, v_product.tax_rate, v_product.name, v_product.sku,
      v_line.metadata
    )
    returning * into v_item;
    v_short_line := internal.change_units(v_item, v_line.quantity);
    if v_short_line is not null then
      v_short_lines := v_short_lines || v_short_line;
    end if;
  end loop;
  return v_short_lines;
end
$$;

grant execute on function internal.add_lines(commerce.orders, jsonb) to commerce_definer;
comment on function internal.add_lines(commerce.orders, jsonb) is
  'Adds lines at today''s prices to a placed order, and takes their units of the stock; returns the short lines. The caller has locked the order and the products.';
