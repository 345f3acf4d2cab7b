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
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which it was asked for, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Which reasons; all when it is left out. */
  reasons?: readonly ReturnReason[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ReturnStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listReturns. */
export interface ListReturnsResult {
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The reason in the buyer's words. */
  description: string | null;
  /** The order of the goods that the buyer gets instead; the overpayment of the returned order pays for it. */
  exchangeOrderId: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Why the goods come back. */
  reason: ReturnReason;
  /** What is to be paid back: the part of the returned amount that was paid for the order, and not yet given back, when the goods came. */
  refundAmount: string;
  /** Why it was rejected. */
  rejectionReason: string | null;
  /** Number for people, without gaps within the merchant. */
  returnNumber: string;
  /** The carrier's number of the parcel that comes back. */
  returnTrackingNumber: string | null;
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Returns that fit all filters given, the newest first, in pages; a buyer's are those of their own orders. Amounts in
 * currencyCode.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listReturns = new PagedQuery<ListReturnsParams, ListReturnsResult>('listReturns', `select t.*, m.cursor as "cursor"
  from api.list_returns(
    p_statuses => $1::text[], p_reasons => $2::text[], p_order_id => $3,
    p_from => $4, p_to => $5, p_order => coalesce($6, 'newest'),
    p_first => least($7::bigint, 2147483647)::integer, p_after => $8, p_before => $9
  ) with ordinality as m (order_return_id, cursor, place)
 cross join lateral (
    select t.id, t.return_number, t.order_id, t.status, t.reason, t.description, t.refund_amount, t.currency_code,
           t.rejection_reason, t.exchange_order_id, t.return_tracking_number, t.version, t.created_at
      from api.order_returns as t
     where t.tenant_id = $10 and t.id = m.order_return_id
    offset 0
  ) as t
 order by m.place`, ['statuses', 'reasons', 'orderId', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member', 'buyer'], closedSets: { statuses: returnStatuses, reasons: returnReasons, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countReturns takes. */
export interface CountReturnsParams {
  /** The first day on which it was asked for, in the shop's time zone. */
  from?: string | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Which reasons; all when it is left out. */
  reasons?: readonly ReturnReason[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly ReturnStatus[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countReturns. */
export interface CountReturnsResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
}

/**
 * How many returns of each status there are, up to 1000, with the filters of listReturns.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countReturns = new ManyQuery<CountReturnsParams, CountReturnsResult>('countReturns', `select c.status as "status", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_returns(p_statuses => $1::text[], p_reasons => $2::text[], p_order_id => $3, p_from => $4, p_to => $5) as c`, ['statuses', 'reasons', 'orderId', 'from', 'to'], { callers: ['member', 'buyer'], closedSets: { statuses: returnStatuses, reasons: returnReasons }, days: ['from', 'to'] });

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
  /** The order of the goods that the buyer gets instead; the overpayment of the returned order pays for it. */
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
  /** What is to be paid back: the part of the returned amount that was paid for the order, and not yet given back, when the goods came. */
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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
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
 order by o.line_number`, ['tenantId!', 'returnId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Asks to send goods of a delivered order back. A repeat with the same key returns the same return.
 * RETURN_NOT_ALLOWED, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const requestReturn = new OneQuery<RequestReturnParams, RequestReturnResult>('requestReturn', `select r.id, r.return_number, r.status, r.version
  from api.request_return($1, $2::jsonb, $3, $4, $5) as r
 where r.tenant_id = $6`, ['orderId!', 'lines!', 'reason!', 'idempotencyKey!', 'description', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], ownJson: ['lines'], closedSets: { reason: returnReasons } });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Approves a return, for the shop. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const approveReturn = new OneQuery<ApproveReturnParams, ApproveReturnResult>('approveReturn', `select r.id, r.status, r.version
  from api.approve_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Refuses a return, for the shop. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const rejectReturn = new OneQuery<RejectReturnParams, RejectReturnResult>('rejectReturn', `select r.id, r.status, r.version
  from api.reject_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'rejectionReason!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that the goods are on their way back. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION,
 * INVALID_INPUT.
 */
export const shipReturn = new OneQuery<ShipReturnParams, ShipReturnResult>('shipReturn', `select r.id, r.status, r.version
  from api.ship_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'trackingNumber', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer'] });

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
  /** What is to be paid back: the part of the returned amount that was paid for the order, and not yet given back, when the goods came. */
  refundAmount: string;
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that the goods have arrived, and how much of each line is accepted and goes back on sale. Sets the amount to
 * refund, in currencyCode. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
 */
export const receiveReturn = new OneQuery<ReceiveReturnParams, ReceiveReturnResult>('receiveReturn', `select r.id, r.status, r.refund_amount, r.currency_code, r.version
  from api.receive_return($1, $2::jsonb, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'lines!', 'expectedVersion!', 'tenantId!'], { callers: ['member'], ownJson: ['lines'] });

/** What exchangeReturn takes. */
export interface ExchangeReturnParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order of the goods that the buyer gets instead. */
  orderId: string;
  /** The return. */
  returnId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of exchangeReturn. */
export interface ExchangeReturnResult {
  /** The order of the goods that the buyer gets instead; the overpayment of the returned order pays for it. */
  exchangeOrderId: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Names the order that the buyer gets in exchange for the returned goods, and pays it with what was paid too much for
 * the returned order; a further call pays with what has been added to that since. FORBIDDEN, NOT_FOUND,
 * VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
 */
export const exchangeReturn = new OneQuery<ExchangeReturnParams, ExchangeReturnResult>('exchangeReturn', `select r.id, r.status, r.exchange_order_id as "exchange_order_id", r.version
  from api.exchange_return($1, $2, $3) as r
 where r.tenant_id = $4`, ['returnId!', 'orderId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Ends a return that was received or refunded. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const closeReturn = new OneQuery<CloseReturnParams, CloseReturnResult>('closeReturn', `select r.id, r.status, r.version
  from api.close_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

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
  /** State of the return; only the return functions change it. */
  status: ReturnStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Withdraws a return before the goods are on their way. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
 */
export const cancelReturn = new OneQuery<CancelReturnParams, CancelReturnResult>('cancelReturn', `select r.id, r.status, r.version
  from api.cancel_return($1, $2) as r
 where r.tenant_id = $3`, ['returnId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer'] });
