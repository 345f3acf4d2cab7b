// Generated from sql/refund.sql by "npm run generate"; do not edit.
import { payoutMethods, priceParts, refundMethods, refundStatuses } from '../model/closed-sets.ts';
import type { PayoutMethod, PricePart, RefundMethod, RefundStatus } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listRefunds takes. */
export interface ListRefundsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which it was asked for, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which ways; all when it is left out. */
  methods?: readonly RefundMethod[] | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Only those of this return. */
  orderReturnId?: string | null | undefined;
  /** Only those of this payment. */
  paymentId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly RefundStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listRefunds. */
export interface ListRefundsResult {
  /** What is given back. */
  amount: string;
  /** When the provider confirmed it. */
  completedAt: Date | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it is given back. */
  method: PayoutMethod;
  /** The order that the money was for. */
  orderId: string;
  /** The return that it is for. */
  orderReturnId: string | null;
  /** The part of the price that it gives back; NULL when none was named. */
  part: PricePart | null;
  /** The payment that is given back. */
  paymentId: string;
  /** Why it is given back. */
  reason: string | null;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * Refunds that fit all filters given, the newest first, in pages; a buyer's are those of their own orders. Amounts in
 * currencyCode.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listRefunds = new PagedQuery<ListRefundsParams, ListRefundsResult>('listRefunds', `select t.*, m.cursor as "cursor"
  from api.list_refunds(
    p_statuses => $1::text[], p_methods => $2::text[], p_order_id => $3, p_payment_id => $4, p_order_return_id => $5,
    p_from => $6, p_to => $7, p_order => coalesce($8, 'newest'),
    p_first => least($9::bigint, 2147483647)::integer, p_after => $10, p_before => $11
  ) with ordinality as m (refund_id, cursor, place)
 cross join lateral (
    select t.id, t.order_id, t.payment_id, t.order_return_id, t.status, t.method, t.part, t.amount,
           t.currency_code, t.reason, t.completed_at, t.created_at
      from api.refund as t
     where t.tenant_id = $12 and t.id = m.refund_id
    offset 0
  ) as t
 order by m.place`, ['statuses', 'methods', 'orderId', 'paymentId', 'orderReturnId', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member', 'buyer'], closedSets: { statuses: refundStatuses, methods: refundMethods, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countRefunds takes. */
export interface CountRefundsParams {
  /** The first day on which it was asked for, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which ways; all when it is left out. */
  methods?: readonly RefundMethod[] | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Only those of this return. */
  orderReturnId?: string | null | undefined;
  /** Only those of this payment. */
  paymentId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly RefundStatus[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countRefunds. */
export interface CountRefundsResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * How many refunds of each status there are, up to 1000, with the filters of listRefunds.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countRefunds = new ManyQuery<CountRefundsParams, CountRefundsResult>('countRefunds', `select c.status as "status", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_refunds(p_statuses => $1::text[], p_methods => $2::text[], p_order_id => $3, p_payment_id => $4, p_order_return_id => $5, p_from => $6, p_to => $7) as c`, ['statuses', 'methods', 'orderId', 'paymentId', 'orderReturnId', 'from', 'to'], { callers: ['member', 'buyer'], closedSets: { statuses: refundStatuses, methods: refundMethods }, days: ['from', 'to'] });

/** What listRefundableParts takes. */
export interface ListRefundablePartsParams {
  /** The order that the money was for. */
  orderId: string;
}

/** A row of listRefundableParts. */
export interface ListRefundablePartsResult {
  /** What is given back. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** The part of the price that it gives back; NULL when none was named. */
  part: PricePart;
}

/**
 * How much can be refunded of each part of an order's price: goods, tax, shipping and fee. FORBIDDEN, NOT_FOUND.
 */
export const listRefundableParts = new ManyQuery<ListRefundablePartsParams, ListRefundablePartsResult>('listRefundableParts', `select r.part as "part", r.amount as "amount", r.currency_code as "currency_code"
  from api.refundable_parts($1) as r`, ['orderId!'], { callers: ['member', 'worker'] });

/** What requestRefund takes. */
export interface RequestRefundParams {
  /** What is given back. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode?: string | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** How it is given back. */
  method?: PayoutMethod | null | undefined;
  /** The order that the money was for. */
  orderId?: string | null | undefined;
  /** The return that it is for. */
  orderReturnId?: string | null | undefined;
  /** The part of the price that it gives back; NULL when none was named. */
  part?: PricePart | null | undefined;
  /** The payment that is given back. */
  paymentId: string;
  /** Why it is given back. */
  reason?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of requestRefund. */
export interface RequestRefundResult {
  /** What is given back. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it is given back. */
  method: PayoutMethod;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * Asks for money of a payment to be given back: at most what it holds for the order, and of a part at most what was
 * paid of it. A repeat with the same key returns the same refund.
 * INVALID_AMOUNT, ALREADY_EXISTS for a key of long ago, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const requestRefund = new OneQuery<RequestRefundParams, RequestRefundResult>('requestRefund', `select r.id, r.status, r.method, r.amount, r.currency_code
  from api.request_refund(
    $1, $2, $3, $4, $5, coalesce($6, 'original_payment'),
    $7, $8, $9
  ) as r
 where r.tenant_id = $10`, ['paymentId!', 'amount!', 'idempotencyKey!', 'orderReturnId', 'reason', 'method', 'orderId', 'currencyCode', 'part', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { method: payoutMethods, part: priceParts } });

/** What recordRefundResult takes. */
export interface RecordRefundResultParams {
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** The provider's id of the refund. */
  providerReference?: string | null | undefined;
  /** The refund. */
  refundId: string;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of recordRefundResult. */
export interface RecordRefundResultResult {
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * For webhooks, as worker: records what a provider reports about a refund of a tenant. A repeat changes nothing.
 * NOT_FOUND, INVALID_INPUT.
 */
export const recordRefundResult = new OneQuery<RecordRefundResultParams, RecordRefundResultResult>('recordRefundResult', `select internal.record_refund_result(
    $1, $2, $3, $4, coalesce($5::timestamptz, now())
  ) as "status"`, ['tenantId!', 'refundId!', 'status!', 'providerReference', 'occurredAt'], { callers: ['worker'], closedSets: { status: refundStatuses }, moments: ['occurredAt'] });

/** What retryRefund takes. */
export interface RetryRefundParams {
  /** The refund. */
  refundId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of retryRefund. */
export interface RetryRefundResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * Requests a failed refund again. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const retryRefund = new OneQuery<RetryRefundParams, RetryRefundResult>('retryRefund', `select r.id, r.status
  from api.retry_refund($1) as r
 where r.tenant_id = $2`, ['refundId!', 'tenantId!'], { callers: ['member'] });

/** What cancelRefund takes. */
export interface CancelRefundParams {
  /** The refund. */
  refundId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of cancelRefund. */
export interface CancelRefundResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * Withdraws a refund that the provider has not carried out, or that failed. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const cancelRefund = new OneQuery<CancelRefundParams, CancelRefundResult>('cancelRefund', `select r.id, r.status
  from api.cancel_refund($1) as r
 where r.tenant_id = $2`, ['refundId!', 'tenantId!'], { callers: ['member'] });

/** What completeRefund takes. */
export interface CompleteRefundParams {
  /** What staff noted about it. */
  note?: string | null | undefined;
  /** The refund. */
  refundId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of completeRefund. */
export interface CompleteRefundResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the refund; only the refund functions change it. */
  status: RefundStatus;
}

/**
 * Records that staff have carried out a manual refund. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
 */
export const completeRefund = new OneQuery<CompleteRefundParams, CompleteRefundResult>('completeRefund', `select r.id, r.status
  from api.complete_refund($1, $2) as r
 where r.tenant_id = $3`, ['refundId!', 'note', 'tenantId!'], { callers: ['member'] });
