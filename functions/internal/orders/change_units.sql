create or replace function internal.change_units(p_item commerce.order_items, p_quantity integer)
  returns jsonb
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_held integer := internal.reserved_units(p_item);
  v_delta integer;
  v_product commerce.products;
begin
  select p.*
    into v_product
    from commerce.products as p
   where p.tenant_id = p_item.tenant_id and p.id = p_item.product_id;
  v_delta := case
    when p_quantity <= p_item.quantity then v_held - least(v_held, p_quantity - p_item.shipped_quantity)
    when v_product.track_inventory then p_item.quantity - p_quantity
    else 0
  end;
  if v_delta <> 0
    and internal.move_stock(p_item.product_id, v_delta, 'sale', 'order corrected', p_item.id) is null
  then
    return internal.stock_shortage(p_item.product_id, -v_delta, v_product.inventory_count);
  end if;
  -- The caller spreads the discount again.
  update commerce.order_items as i
     set quantity = p_quantity, discount_amount = least(i.discount_amount, p_quantity * i.unit_price)
   where i.tenant_id = p_item.tenant_id and i.id = p_item.id;
  return null;
end
$$;

grant execute on function internal.change_units(commerce.order_items, integer) to commerce_definer;
comment on function internal.change_units(commerce.order_items, integer) is
  'Gives a line of a placed order another quantity, and takes or gives back the difference of the stock; returns the short line where there is not enough. The caller has locked the order and the product.';
