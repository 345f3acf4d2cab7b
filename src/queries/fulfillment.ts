// Generated from sql/fulfillment.sql by "npm run generate"; do not edit.
import { fulfillmentMethods } from '../model/closed-sets.ts';
import type { FulfillmentMethod, FulfillmentStatus } from '../model/closed-sets.ts';
import type { PackedLine, RestockedLine } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listFulfillments takes. */
export interface ListFulfillmentsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listFulfillments. */
export interface ListFulfillmentsResult {
  /** The company that carries it. */
  carrier: string | null;
  /** When it was packed. */
  createdAt: Date;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** When it reached its buyer, or they collected it. */
  deliveredAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it reaches its buyer: a carrier brings it, the buyer collects it, or it is sent without a carrier. */
  method: FulfillmentMethod;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** The carrier's number of it. */
  trackingNumber: string | null;
  /** Where the carrier shows how far it is. */
  trackingUrl: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The parcels of one order, the oldest first, in pages; also for its buyer.
 */
export const listFulfillments = new PagedQuery<ListFulfillmentsParams, ListFulfillmentsResult>('listFulfillments', `select f.id, f.method, f.status, f.carrier, f.tracking_number, f.tracking_url, f.shipped_at, f.delivered_at, f.version,
       f.created_at, f.id as "cursor"
  from api.fulfillment as f
 where f.tenant_id = $1 and f.order_id = $2 and ($3::uuid is null or f.id > $3)
 order by f.id
 limit $4`, ['tenantId!', 'orderId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What getFulfillmentWithItems takes. */
export interface GetFulfillmentWithItemsParams {
  /** The parcel. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getFulfillmentWithItems. */
export interface GetFulfillmentWithItemsResult {
  /** The company that carries it. */
  carrier: string | null;
  /** When it was packed. */
  createdAt: Date;
  /** When it reached its buyer, or they collected it. */
  deliveredAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it reaches its buyer: a carrier brings it, the buyer collects it, or it is sent without a carrier. */
  method: FulfillmentMethod;
  /** The order. */
  orderId: string;
  /** The line of the order. */
  orderItemId: string;
  /** The product. */
  productId: string;
  /** Name of the product, copied from it. */
  productName: string;
  /** Units of it that are in the parcel. */
  quantity: number;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** The carrier's number of it. */
  trackingNumber: string | null;
  /** Where the carrier shows how far it is. */
  trackingUrl: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One parcel with what is in it: a row for each line, by the order's line number; also for its buyer. No row: not
 * found.
 */
export const getFulfillmentWithItems = new ManyQuery<GetFulfillmentWithItemsParams, GetFulfillmentWithItemsResult>('getFulfillmentWithItems', `select f.id, f.order_id, f.method, f.status, f.carrier, f.tracking_number, f.tracking_url, f.shipped_at,
       f.delivered_at, f.version, f.created_at, l.order_item_id, i.product_id, i.product_name, l.quantity
  from api.fulfillment as f
  join api.fulfillment_item as l on l.tenant_id = f.tenant_id and l.fulfillment_id = f.id
  join api.order_items as i on i.tenant_id = l.tenant_id and i.id = l.order_item_id
 where f.tenant_id = $1 and f.id = $2
 order by i.line_number`, ['tenantId!', 'fulfillmentId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What packOrder takes. */
export interface PackOrderParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** How many units of which lines; without it, all units that are left. */
  lines?: readonly PackedLine[] | null | undefined;
  /** How it reaches its buyer: digital is for goods that need no carrier. */
  method?: FulfillmentMethod | null | undefined;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of packOrder. */
export interface PackOrderResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it reaches its buyer: a carrier brings it, the buyer collects it, or it is sent without a carrier. */
  method: FulfillmentMethod;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Packs a parcel of an order that the shop works on: some units of its lines, or all that are in no parcel yet.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const packOrder = new OneQuery<PackOrderParams, PackOrderResult>('packOrder', `select f.id, f.method, f.status, f.version
  from api.pack_order($1, $2, $3::jsonb, coalesce($4, 'shipping')) as f
 where f.tenant_id = $5`, ['orderId!', 'expectedVersion!', 'lines', 'method', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['lines'], closedSets: { method: fulfillmentMethods } });

/** What shipFulfillment takes. */
export interface ShipFulfillmentParams {
  /** The company that carries it. */
  carrier: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The carrier's number of it. */
  trackingNumber?: string | null | undefined;
  /** Where the carrier shows how far it is. */
  trackingUrl?: string | null | undefined;
}

/** A row of shipFulfillment. */
export interface ShipFulfillmentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was given to the carrier. */
  shippedAt: Date;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Gives a packed parcel to a carrier. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const shipFulfillment = new OneQuery<ShipFulfillmentParams, ShipFulfillmentResult>('shipFulfillment', `select f.id, f.status, f.shipped_at as "shipped_at", f.version
  from api.ship_fulfillment($1, $2, $3, $4, $5) as f
 where f.tenant_id = $6`, ['fulfillmentId!', 'carrier!', 'trackingNumber', 'expectedVersion!', 'trackingUrl', 'tenantId!'], { callers: ['member', 'worker'] });

/** What readyFulfillment takes. */
export interface ReadyFulfillmentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of readyFulfillment. */
export interface ReadyFulfillmentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that a packed parcel is ready for its buyer to collect. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
 * INVALID_TRANSITION, INVALID_INPUT.
 */
export const readyFulfillment = new OneQuery<ReadyFulfillmentParams, ReadyFulfillmentResult>('readyFulfillment', `select f.id, f.status, f.version
  from api.ready_fulfillment($1, $2) as f
 where f.tenant_id = $3`, ['fulfillmentId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What collectFulfillment takes. */
export interface CollectFulfillmentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of collectFulfillment. */
export interface CollectFulfillmentResult {
  /** When it reached its buyer, or they collected it. */
  deliveredAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that the buyer has collected a parcel. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const collectFulfillment = new OneQuery<CollectFulfillmentParams, CollectFulfillmentResult>('collectFulfillment', `select f.id, f.status, f.delivered_at as "delivered_at", f.version
  from api.collect_fulfillment($1, $2) as f
 where f.tenant_id = $3`, ['fulfillmentId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What deliverFulfillment takes. */
export interface DeliverFulfillmentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deliverFulfillment. */
export interface DeliverFulfillmentResult {
  /** When it reached its buyer, or they collected it. */
  deliveredAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that a parcel has reached its buyer, or that digital goods have been sent to them. FORBIDDEN, NOT_FOUND,
 * VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const deliverFulfillment = new OneQuery<DeliverFulfillmentParams, DeliverFulfillmentResult>('deliverFulfillment', `select f.id, f.status, f.delivered_at as "delivered_at", f.version
  from api.deliver_fulfillment($1, $2) as f
 where f.tenant_id = $3`, ['fulfillmentId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What failFulfillment takes. */
export interface FailFulfillmentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** What goes back on the shelf. */
  lines?: readonly RestockedLine[] | null | undefined;
  /** What became of it. */
  status: 'refused' | 'returned' | 'lost';
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of failFulfillment. */
export interface FailFulfillmentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that a parcel does not arrive: it was refused, returned to the shop, or lost. Staff name what goes back on
 * the shelf; the order's worth falls by the parcel's contents. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
 * INVALID_TRANSITION, INVALID_INPUT.
 */
export const failFulfillment = new OneQuery<FailFulfillmentParams, FailFulfillmentResult>('failFulfillment', `select f.id, f.version
  from api.fail_fulfillment($1, $2, $3, coalesce($4::jsonb, '[]')) as f
 where f.tenant_id = $5`, ['fulfillmentId!', 'status!', 'expectedVersion!', 'lines', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['lines'], closedSets: { status: ['refused', 'returned', 'lost'] } });

/** What cancelFulfillment takes. */
export interface CancelFulfillmentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of cancelFulfillment. */
export interface CancelFulfillmentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the parcel; only the functions of parcels change it. */
  status: FulfillmentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Unpacks a parcel that has not left. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const cancelFulfillment = new OneQuery<CancelFulfillmentParams, CancelFulfillmentResult>('cancelFulfillment', `select f.id, f.status, f.version
  from api.cancel_fulfillment($1, $2) as f
 where f.tenant_id = $3`, ['fulfillmentId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What correctTracking takes. */
export interface CorrectTrackingParams {
  /** The company that carries it. */
  carrier: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The fulfillment. */
  fulfillmentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The carrier's number of it. */
  trackingNumber?: string | null | undefined;
  /** Where the carrier shows how far it is. */
  trackingUrl?: string | null | undefined;
}

/** A row of correctTracking. */
export interface CorrectTrackingResult {
  /** The company that carries it. */
  carrier: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The carrier's number of it. */
  trackingNumber: string | null;
  /** Where the carrier shows how far it is. */
  trackingUrl: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Corrects the carrier and the tracking number of a parcel that was shipped. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
 * IMMUTABLE, INVALID_INPUT.
 */
export const correctTracking = new OneQuery<CorrectTrackingParams, CorrectTrackingResult>('correctTracking', `select f.id, f.carrier as "carrier", f.tracking_number, f.tracking_url, f.version
  from api.correct_tracking($1, $2, $3, $4, $5) as f
 where f.tenant_id = $6`, ['fulfillmentId!', 'carrier!', 'trackingNumber', 'expectedVersion!', 'trackingUrl', 'tenantId!'], { callers: ['member', 'worker'] });
