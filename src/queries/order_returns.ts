// Generated from sql/order_returns.sql by "npm run generate"; do not edit.
import { returnReasons, returnStatuses } from '../model/closed-sets.ts';
import type { RefundMethod, ReturnCondition, ReturnReason, ReturnStatus } from '../model/closed-sets.ts';
import type { NewReturnLine, ReceivedReturnLine } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listReturns takes. */
export interface ListReturnsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listReturns. */
export interface ListReturnsResult {
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** What is to be paid back: of the returned amount, what the order was paid and nobody gave back yet when the goods came. */
  refundAmount: string;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Returns of one status, the newest first, in pages.
 */
export const listReturns = new PagedQuery<ListReturnsParams, ListReturnsResult>('listReturns', `select r.id, r.return_number, r.order_id, r.status, r.reason, r.refund_amount, r.currency_code, r.version,
       r.created_at, json_build_array(r.created_at, r.id) as "cursor"
  from api.order_returns as r
 where r.tenant_id = $1
   and r.status = $2
   and ($3::jsonb is null
     or (r.created_at, r.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by r.created_at desc, r.id desc
 limit $4`, ['tenantId!', 'status!', 'after', 'first'], { closedSets: { status: returnStatuses } });

/** What listOrderReturns takes. */
export interface ListOrderReturnsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOrderReturns. */
export interface ListOrderReturnsResult {
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The reason in the buyer's words. */
  description: string | null;
  /** The order of what the buyer gets instead: what the returned order has been paid too much pays it. */
  exchangeOrderId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** What is to be paid back: of the returned amount, what the order was paid and nobody gave back yet when the goods came. */
  refundAmount: string;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** The carrier's number of the parcel that comes back. */
  returnTrackingNumber: string | null;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The returns of one order, the newest first, in pages; also for its buyer.
 */
export const listOrderReturns = new PagedQuery<ListOrderReturnsParams, ListOrderReturnsResult>('listOrderReturns', `select r.id, r.return_number, r.status, r.reason, r.description, r.refund_amount, r.currency_code, r.rejection_reason,
       r.exchange_order_id, r.return_tracking_number, r.version, r.created_at, r.id as "cursor"
  from api.order_returns as r
 where r.tenant_id = $1 and r.order_id = $2 and ($3::uuid is null or r.id < $3)
 order by r.id desc
 limit $4`, ['tenantId!', 'orderId!', 'after', 'first']);

/** What getReturnWithItems takes. */
export interface GetReturnWithItemsParams {
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getReturnWithItems. */
export interface GetReturnWithItemsResult {
  /** Units that staff accepted; NULL until received. */
  acceptedQuantity: number | null;
  /** The state in which they came back. */
  condition: ReturnCondition | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** The buyer's note. */
  customerNote: string | null;
  /** The reason in the buyer's words. */
  description: string | null;
  /** The order of what the buyer gets instead: what the returned order has been paid too much pays it. */
  exchangeOrderId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Identifier, ordered by time of creation. */
  itemId: string;
  /** Why these units come back. */
  itemReason: ReturnReason;
  /** Price of the accepted units, less their discount, tax included. */
  itemRefundAmount: string;
  /** The order. */
  orderId: string;
  /** The line that was sold. */
  orderItemId: string;
  /** The product. */
  productId: string;
  /** Name of the product, copied from it. */
  productName: string;
  /** Units that the buyer sends back. */
  quantity: number;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** What is to be paid back: of the returned amount, what the order was paid and nobody gave back yet when the goods came. */
  refundAmount: string;
  /** How the money is paid back. */
  refundMethod: RefundMethod | null;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** Accepted units that can be sold again. */
  restockedQuantity: number;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** The carrier's number of the parcel that comes back. */
  returnTrackingNumber: string | null;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * One return with its lines: a row for each line, by the order's line number; also for its buyer. No row: not found.
 * Amounts in currencyCode.
 */
export const getReturnWithItems = new ManyQuery<GetReturnWithItemsParams, GetReturnWithItemsResult>('getReturnWithItems', `select r.id, r.return_number, r.order_id, r.status, r.reason, r.description, r.rejection_reason, r.refund_amount,
       r.refund_method, r.exchange_order_id, r.currency_code, r.return_tracking_number, r.version, r.created_at, i.id as item_id,
       i.order_item_id, o.product_id, o.product_name, i.quantity, i.accepted_quantity, i.restocked_quantity,
       i.reason as item_reason, i.condition, i.customer_note, i.refund_amount as item_refund_amount
  from api.order_returns as r
  join api.order_return_items as i on i.tenant_id = r.tenant_id and i.order_return_id = r.id
  join api.order_items as o on o.tenant_id = i.tenant_id and o.id = i.order_item_id
 where r.tenant_id = $1 and r.id = $2
 order by o.line_number`, ['tenantId!', 'returnId!']);

/** What requestReturn takes. */
export interface RequestReturnParams {
  /** The reason in the buyer's words. */
  description?: string | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** What goes back. */
  lines: readonly NewReturnLine[];
  /** The order. */
  orderId: string;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of requestReturn. */
export interface RequestReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Asks to send goods of a delivered order back. A repeat with the same key returns the same return.
 * RETURN_NOT_ALLOWED, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const requestReturn = new OneQuery<RequestReturnParams, RequestReturnResult>('requestReturn', `select r.id, r.return_number, r.status, r.version
  from api.request_return($1, $2::jsonb, $3, $4, $5) as r
 where r.tenant_id = $6`, ['orderId!', 'lines!', 'reason!', 'idempotencyKey!', 'description', 'tenantId!'], { ownJson: ['lines'], closedSets: { reason: returnReasons } });

/** What approveReturn takes. */
export interface ApproveReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of approveReturn. */
export interface ApproveReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The shop agrees to a return. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const approveReturn = new OneQuery<ApproveReturnParams, ApproveReturnResult>('approveReturn', `select r.id, r.status, r.version
  from api.approve_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!']);

/** What rejectReturn takes. */
export interface RejectReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Why it was rejected. */
  rejectionReason: string;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of rejectReturn. */
export interface RejectReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The shop refuses a return. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const rejectReturn = new OneQuery<RejectReturnParams, RejectReturnResult>('rejectReturn', `select r.id, r.status, r.version
  from api.reject_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'rejectionReason!', 'expectedVersion!', 'tenantId!']);

/** What shipReturn takes. */
export interface ShipReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The carrier's number of the parcel that comes back. */
  trackingNumber?: string | null | undefined;
}

/** A row of shipReturn. */
export interface ShipReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The goods are on their way back. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const shipReturn = new OneQuery<ShipReturnParams, ShipReturnResult>('shipReturn', `select r.id, r.status, r.version
  from api.ship_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'trackingNumber', 'expectedVersion!', 'tenantId!']);

/** What receiveReturn takes. */
export interface ReceiveReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** One for each line of the return. */
  lines: readonly ReceivedReturnLine[];
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of receiveReturn. */
export interface ReceiveReturnResult {
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What is to be paid back: of the returned amount, what the order was paid and nobody gave back yet when the goods came. */
  refundAmount: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The goods have arrived: what of each line is accepted and goes back on sale. Sets what is to be refunded, in
 * currencyCode. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const receiveReturn = new OneQuery<ReceiveReturnParams, ReceiveReturnResult>('receiveReturn', `select r.id, r.status, r.refund_amount, r.currency_code, r.version
  from api.receive_return($1, $2::jsonb, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'lines!', 'expectedVersion!', 'tenantId!'], { ownJson: ['lines'] });

/** What exchangeReturn takes. */
export interface ExchangeReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order of what the buyer gets instead. */
  orderId: string;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of exchangeReturn. */
export interface ExchangeReturnResult {
  /** The order of what the buyer gets instead: what the returned order has been paid too much pays it. */
  exchangeOrderId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Says which order the buyer gets instead of what comes back, and pays it with what the returned order has been paid
 * too much; again whenever that has become more. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
 */
export const exchangeReturn = new OneQuery<ExchangeReturnParams, ExchangeReturnResult>('exchangeReturn', `select r.id, r.status, r.exchange_order_id as "exchange_order_id", r.version
  from api.exchange_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'orderId!', 'expectedVersion!', 'tenantId!']);

/** What closeReturn takes. */
export interface CloseReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of closeReturn. */
export interface CloseReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Ends a return that was received or refunded. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const closeReturn = new OneQuery<CloseReturnParams, CloseReturnResult>('closeReturn', `select r.id, r.status, r.version
  from api.close_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!']);

/** What cancelReturn takes. */
export interface CancelReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of cancelReturn. */
export interface CancelReturnResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the return functions only. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Takes a return back before the goods are on their way. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const cancelReturn = new OneQuery<CancelReturnParams, CancelReturnResult>('cancelReturn', `select r.id, r.status, r.version
  from api.cancel_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!']);
