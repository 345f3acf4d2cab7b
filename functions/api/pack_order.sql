create or replace function api.pack_order(
  p_order_id uuid,
  p_expected_version integer,
  p_lines jsonb default null,
  p_method text default 'shipping'
)
  returns api.fulfillment
  language plpgsql
  volatile
  security definer  -- lends: writing parcels
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_order commerce.orders := internal.order_for_update(p_order_id, p_expected_version, 'shipped');
  v_fulfillment_id uuid;
begin
  perform internal.require_in_set('method', p_method, 'fulfillment', 'method');
  if p_lines = '[]' then
    perform internal.refuse_input('lines', 'must not be empty');
  end if;
  update commerce.orders as o
     set version = o.version
   where o.tenant_id = v_order.tenant_id and o.id = v_order.id;
  v_fulfillment_id := internal.pack_units(v_order, p_method, p_lines);
  if not exists (
    select
      from commerce.fulfillment_item as l
     where l.tenant_id = v_order.tenant_id and l.fulfillment_id = v_fulfillment_id
  ) then
    perform internal.refuse_input('order_id', 'must be an order of which something is not packed yet');
  end if;
  return internal.fulfillment_view(v_fulfillment_id);
end
$$;

alter function api.pack_order(uuid, integer, jsonb, text) owner to commerce_definer;
grant execute on function api.pack_order(uuid, integer, jsonb, text) to commerce_member, commerce_worker;
comment on function api.pack_order(uuid, integer, jsonb, text) is
  'Packs a parcel of an order that is in processing: some units of its lines, or all units that are in no parcel yet. They stay on the shelf, reserved, until the parcel leaves. expected_version is the order''s. Needs orders.manage. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL with the field.
@param lines {order_items[]: order_item_id!=id quantity!} How many units of which lines; without it, all units that are left.
@param method? {fulfillment.method} How it reaches its buyer: digital is for goods that need no carrier.';
