create or replace function internal.move_stock(
  p_product_id uuid,
  p_delta integer,
  p_reason text,
  p_note text default null,
  p_order_item_id uuid default null,
  p_return_item_id uuid default null
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_balance integer;
  v_movement_id uuid;
begin
  update commerce.products as p
     set inventory_count = p.inventory_count + p_delta,
         reserved_count = p.reserved_count - case p_reason when 'sale' then p_delta else 0 end
   where p.tenant_id = v_tenant_id
     and p.id = p_product_id
     and (p_delta > 0 or p.allow_backorder or p.inventory_count + p_delta >= 0)
  returning p.inventory_count into v_balance;
  if not found then
    return null;
  end if;

  insert into commerce.inventory_movement (
    tenant_id, product_id, delta, balance_after, reason, order_item_id, return_item_id, note
  )
  values (
    v_tenant_id, p_product_id, p_delta, v_balance, p_reason, p_order_item_id, p_return_item_id, p_note
  )
  returning id into v_movement_id;
  return v_movement_id;
end
$$;

grant execute on function internal.move_stock(uuid, integer, text, text, uuid, uuid) to commerce_definer;
comment on function internal.move_stock(uuid, integer, text, text, uuid, uuid) is
  'Changes a product''s stock and writes its ledger row; what is sold, or given back before it left, is reserved on the shelf; returns the row''s id, or NULL when the stock would fall below zero.';
