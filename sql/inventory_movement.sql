-- Adds delta units (negative: takes them away) and writes the ledger. A repeat with the same key
-- changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
/* @name adjustInventory :one */
select m.id, m.product_id, m.delta, m.balance_after
  from api.adjust_inventory(:productId!, :delta!, :reason!, :note, :idempotencyKey!) as m
 where m.tenant_id = :tenantId!;

-- Sets how many units of a product are on the shelf, including those that are sold and not yet shipped. A repeat with
-- the same key changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
/* @name countInventory :one */
select p.id, p.inventory_count, p.reserved_count, p.on_hand_count
  from api.count_inventory(:productId!, :onHand!, :note, :idempotencyKey!) as p
 where p.tenant_id = :tenantId!;

-- The session's tenant's products whose ledger does not add up to their stock, or to what is
-- reserved for orders that have not left; no row means that all is right. FORBIDDEN.
/* @name checkInventory :many */
select c.product_id as "product_id!", c.inventory_count as "inventory_count!", c.ledger_sum as "ledger_sum!",
       c.reserved_count as "reserved_count!", c.unshipped_sum as "unshipped_sum!"
  from api.check_inventory() as c;

-- A product's ledger, the latest movement first, in pages.
/* @name listInventoryMovements :many */
select m.id, m.delta, m.balance_after, m.reason, m.note, m.order_item_id, m.return_item_id, m.created_by, m.created_at,
       json_build_array(m.created_at, m.id) as "cursor!"
  from api.inventory_movement as m
 where m.tenant_id = :tenantId!
   and m.product_id = :productId!
   and (:after::jsonb is null
     or (m.created_at, m.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by m.created_at desc, m.id desc
 limit :first!;
