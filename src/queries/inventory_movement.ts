// Generated from sql/inventory_movement.sql by "npm run generate"; do not edit.
import { movementReasons } from '../model/closed-sets.ts';
import type { MovementReason } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What adjustInventory takes. */
export interface AdjustInventoryParams {
  /** Units added, or taken when negative. */
  delta: number;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** What staff noted about it. */
  note?: string | null | undefined;
  /** The product. */
  productId: string;
  /** Why it moved. */
  reason: MovementReason;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of adjustInventory. */
export interface AdjustInventoryResult {
  /** Stock after the movement. */
  balanceAfter: number;
  /** Units added, or taken when negative. */
  delta: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The product. */
  productId: string;
}

/**
 * Adds delta units (negative: takes them away) and writes the ledger. A repeat with the same key
 * changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const adjustInventory = new OneQuery<AdjustInventoryParams, AdjustInventoryResult>('adjustInventory', `select m.id, m.product_id, m.delta, m.balance_after
  from api.adjust_inventory($1, $2, $3, $4, $5) as m
 where m.tenant_id = $6`, ['productId!', 'delta!', 'reason!', 'note', 'idempotencyKey!', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { reason: movementReasons } });

/** What countInventory takes. */
export interface CountInventoryParams {
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** Why they were counted, for the ledger. */
  note?: string | null | undefined;
  /** How many were counted on the shelf. */
  onHand: number;
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of countInventory. */
export interface CountInventoryResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allowBackorder. */
  inventoryCount: number;
  /** Units on the shelf: what can still be sold, and what is reserved; below zero where back-orders were sent before their goods were recorded. */
  onHandCount: number;
  /** Units that are sold and have not left the shop yet. */
  reservedCount: number;
}

/**
 * Sets how many units of a product are on the shelf, including those that are sold and not yet shipped. A repeat with
 * the same key changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const countInventory = new OneQuery<CountInventoryParams, CountInventoryResult>('countInventory', `select p.id, p.inventory_count, p.reserved_count, p.on_hand_count
  from api.count_inventory($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['productId!', 'onHand!', 'note', 'idempotencyKey!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What checkInventory takes. */
export type CheckInventoryParams = void;

/** A row of checkInventory. */
export interface CheckInventoryResult {
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allowBackorder. */
  inventoryCount: number;
  /** What its ledger adds up to. */
  ledgerSum: string;
  /** The product. */
  productId: string;
  /** Units that are sold and have not left the shop yet. */
  reservedCount: number;
  /** The units of orders that have not left, by its ledger. */
  unshippedSum: string;
}

/**
 * The session's tenant's products whose ledger does not add up to their stock, or to what is
 * reserved for orders that have not left; no row means that all is right. FORBIDDEN.
 */
export const checkInventory = new ManyQuery<CheckInventoryParams, CheckInventoryResult>('checkInventory', `select c.product_id as "product_id", c.inventory_count as "inventory_count", c.ledger_sum as "ledger_sum",
       c.reserved_count as "reserved_count", c.unshipped_sum as "unshipped_sum"
  from api.check_inventory() as c`, [], { callers: ['member', 'worker'] });

/** What listInventoryMovements takes. */
export interface ListInventoryMovementsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listInventoryMovements. */
export interface ListInventoryMovementsResult {
  /** Stock after the movement. */
  balanceAfter: number;
  /** When it moved. */
  createdAt: Date;
  /** The person who moved it; NULL for a worker. */
  createdBy: string | null;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Units added, or taken when negative. */
  delta: number;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What staff noted about it. */
  note: string | null;
  /** The order line that took the units, or gave them back. */
  orderItemId: string | null;
  /** Why it moved. */
  reason: MovementReason;
  /** The returned line that brought the units back. */
  returnItemId: string | null;
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
 limit $4`, ['tenantId!', 'productId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });
