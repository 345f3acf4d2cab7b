create or replace function api.remove_order_line(
  p_order_id uuid,
  p_product_id uuid,
  p_expected_version integer,
  p_metadata jsonb default null
)
  returns api.orders
  language plpgsql
  volatile
  security definer  -- lends: deleting order lines
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.basket_for_update(p_order_id, p_expected_version);
begin
  if p_metadata is not null then
    perform internal.require_object('metadata', p_metadata);
  end if;
  update commerce.orders as o
     set version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;
  delete from commerce.order_items as i
   where i.tenant_id = v_order.tenant_id
     and i.order_id = v_order.id
     and i.product_id = p_product_id
     and (p_metadata is null or i.metadata = p_metadata);
  if not found then
    perform internal.refuse_missing('product_id');
  end if;
  perform internal.spread_discount(v_order.id);

  return internal.order_view(v_order.id);
end
$$;

alter function api.remove_order_line(uuid, uuid, integer, jsonb) owner to commerce_definer;
grant execute on function api.remove_order_line(uuid, uuid, integer, jsonb)
  to commerce_member, commerce_buyer, commerce_worker;
comment on function api.remove_order_line(uuid, uuid, integer, jsonb) is
  'Takes a product out of a draft order: every line of it, or the line with the given options. expected_version is the order''s. SCIMM once placed, SCVER, SCVRQ, SCNTF.
@param product_id The product to take out.
@param metadata {order_items.metadata}';
