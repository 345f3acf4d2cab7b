// Generated from sql/inventory_movement.sql by "npm run generate"; do not edit.
import type { MovementReason } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'AdjustInventory' parameters type */
export interface AdjustInventoryParams {
  delta: number;
  idempotencyKey: string;
  note?: string | null | undefined;
  productId: string;
  reason: MovementReason;
  tenantId: string;
}

/** 'AdjustInventory' return type */
export interface AdjustInventoryResult {
  /** Stock after the movement. */
  balance_after: number;
  /** Units added, or taken when negative. */
  delta: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The product. */
  product_id: string;
}

/**
 * Adds delta units (negative: takes them away) and writes the ledger. A repeat with the same key
 * changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const adjustInventory = new PreparedQuery<AdjustInventoryParams, AdjustInventoryResult>('adjustInventory', `select m.id, m.product_id, m.delta, m.balance_after
  from api.adjust_inventory($1, $2, $3, $4, $5) as m
 where m.tenant_id = $6`, ['productId', 'delta', 'reason', 'note', 'idempotencyKey', 'tenantId']);

/** 'CheckInventory' parameters type */
export type CheckInventoryParams = void;

/** 'CheckInventory' return type */
export interface CheckInventoryResult {
  inventory_count: number;
  ledger_sum: string;
  product_id: string;
}

/**
 * The session's tenant's products whose ledger does not add up to their stock; no row is right. FORBIDDEN.
 */
export const checkInventory = new PreparedQuery<CheckInventoryParams, CheckInventoryResult>('checkInventory', `select c.product_id as "product_id", c.inventory_count as "inventory_count", c.ledger_sum as "ledger_sum"
  from api.check_inventory() as c`, []);

/** 'ListInventoryMovements' parameters type */
export interface ListInventoryMovementsParams {
  after?: string | null | undefined;
  first: number;
  productId: string;
  tenantId: string;
}

/** 'ListInventoryMovements' return type */
export interface ListInventoryMovementsResult {
  /** Stock after the movement. */
  balance_after: number;
  /** When it moved. */
  created_at: Date;
  /** Who moved it; NULL for a worker. */
  created_by: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Units added, or taken when negative. */
  delta: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What staff noted about it. */
  note: string | null;
  /** The order line that took the units, or gave them back. */
  order_item_id: string | null;
  /** Why it moved. */
  reason: MovementReason;
  /** The returned line that brought the units back. */
  return_item_id: string | null;
}

/**
 * A product's ledger, the latest movement first, in pages.
 */
export const listInventoryMovements = new PagedQuery<ListInventoryMovementsParams, ListInventoryMovementsResult>('listInventoryMovements', `select m.id, m.delta, m.balance_after, m.reason, m.note, m.order_item_id, m.return_item_id, m.created_by, m.created_at,
       json_build_array(m.created_at, m.id) as "cursor"
  from api.inventory_movement as m
 where m.tenant_id = $1
   and m.product_id = $2
   and ($3::jsonb is null
     or (m.created_at, m.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by m.created_at desc, m.id desc
 limit $4`, ['tenantId', 'productId', 'after', 'first']);
