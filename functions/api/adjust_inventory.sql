create or replace function api.adjust_inventory(
  p_product_id uuid,
  p_delta integer,
  p_reason text,
  p_note text,
  p_idempotency_key text
)
  returns api.inventory_movement
  language plpgsql
  volatile
  security definer  -- lends: writing the stock and its ledger
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('inventory.manage');
  v_available integer;
  v_movement_id uuid;
  v_movement api.inventory_movement;
begin
  perform internal.refuse_faults(
    case when coalesce(p_delta, 0) = 0 or abs(p_delta::bigint) > 1000000
      then internal.fault('delta', 'must be a whole number from -1000000 to 1000000, and not 0') end,
    internal.set_fault('reason', p_reason, 'inventory_movement', 'reason'),
    case when p_reason in ('sale', 'return_restock')
      then internal.fault('reason', 'must not be sale or return_restock, which only orders and returns write') end,
    internal.length_fault('note', p_note, 65536)
  );

  v_movement_id := (internal.begin_idempotent(
    'adjust_inventory', p_idempotency_key,
    jsonb_build_array(p_product_id, p_delta, p_reason, p_note)) ->> 'movement_id')::uuid;
  if v_movement_id is null then
    select p.inventory_count
      into v_available
      from commerce.products as p
     where p.tenant_id = v_tenant_id and p.id = p_product_id and not p.is_deleted;
    if not found then
      perform internal.refuse_missing('product_id');
    end if;
    v_movement_id := internal.move_stock(p_product_id, p_delta, p_reason, p_note);
    if v_movement_id is null then
      perform internal.refuse_shortage(
        jsonb_build_array(internal.stock_shortage(p_product_id, -p_delta, v_available)));
    end if;
    perform internal.finish_idempotent(
      'adjust_inventory', p_idempotency_key, jsonb_build_object('movement_id', v_movement_id));
  end if;

  select m.*
    into v_movement
    from api.inventory_movement as m
   where m.tenant_id = v_tenant_id and m.id = v_movement_id;
  return v_movement;
end
$$;

alter function api.adjust_inventory(uuid, integer, text, text, text) owner to commerce_definer;
grant execute on function api.adjust_inventory(uuid, integer, text, text, text)
  to commerce_member, commerce_worker;
comment on function api.adjust_inventory(uuid, integer, text, text, text) is
  'Adds delta to a product''s stock and writes a ledger row with the reason. Needs inventory.manage. SCSTK when the stock would fall below zero and the product takes no back-orders, SCNTF, SCIDM, SCVAL with the field.
@param note?';
