// Generated from sql/refund.sql by "npm run generate"; do not edit.
import { payoutMethods, priceParts, refundStatuses } from '../model/closed-sets.ts';
import type { PayoutMethod, PricePart, RefundStatus } from '../model/closed-sets.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, OneQuery } from '../database/prepared-query.ts';

/** What listOrderRefunds takes. */
export interface ListOrderRefundsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The order that the money was for. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOrderRefunds. */
export interface ListOrderRefundsResult {
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
  /** The return that it is for. */
  orderReturnId: string | null;
  /** Which part of the price it gives back; NULL when it is not said. */
  part: PricePart | null;
  /** The payment that is given back. */
  paymentId: string;
  /** Why it is given back. */
  reason: string | null;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * The refunds of an order, the newest first, in pages; also for its buyer. Amounts in currencyCode.
 */
export const listOrderRefunds = new PagedQuery<ListOrderRefundsParams, ListOrderRefundsResult>('listOrderRefunds', `select r.id, r.payment_id, r.order_return_id, r.status, r.method, r.part, r.amount, r.currency_code, r.reason, r.completed_at,
       r.created_at, r.id as "cursor"
  from api.refund as r
 where r.tenant_id = $1 and r.order_id = $2 and ($3::uuid is null or r.id < $3)
 order by r.id desc
 limit $4`, ['tenantId!', 'orderId!', 'after', 'first']);

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
  /** Which part of the price it gives back; NULL when it is not said. */
  part: PricePart;
}

/**
 * How much can be refunded of each part of an order's price: goods, tax, shipping and fee. FORBIDDEN, NOT_FOUND.
 */
export const listRefundableParts = new ManyQuery<ListRefundablePartsParams, ListRefundablePartsResult>('listRefundableParts', `select r.part as "part", r.amount as "amount", r.currency_code as "currency_code"
  from api.refundable_parts($1) as r`, ['orderId!']);

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
  /** Which part of the price it gives back; NULL when it is not said. */
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
  /** Where it stands; changed by the refund functions only. */
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
 where r.tenant_id = $10`, ['paymentId!', 'amount!', 'idempotencyKey!', 'orderReturnId', 'reason', 'method', 'orderId', 'currencyCode', 'part', 'tenantId!'], { closedSets: { method: payoutMethods, part: priceParts } });

/** What recordRefundResult takes. */
export interface RecordRefundResultParams {
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** The provider's id of the refund. */
  providerReference?: string | null | undefined;
  /** The refund. */
  refundId: string;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of recordRefundResult. */
export interface RecordRefundResultResult {
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * For webhooks, as worker: what a provider says of a refund of a tenant. A repeat changes nothing. NOT_FOUND, INVALID_INPUT.
 */
export const recordRefundResult = new OneQuery<RecordRefundResultParams, RecordRefundResultResult>('recordRefundResult', `select internal.record_refund_result(
    $1, $2, $3, $4, coalesce($5::timestamptz, now())
  ) as "status"`, ['tenantId!', 'refundId!', 'status!', 'providerReference', 'occurredAt'], { closedSets: { status: refundStatuses }, moments: ['occurredAt'] });

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
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Asks once more for a refund that failed. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const retryRefund = new OneQuery<RetryRefundParams, RetryRefundResult>('retryRefund', `select r.id, r.status
  from api.retry_refund($1) as r
 where r.tenant_id = $2`, ['refundId!', 'tenantId!']);

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
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Takes a refund back that the provider has not carried out, or that failed. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const cancelRefund = new OneQuery<CancelRefundParams, CancelRefundResult>('cancelRefund', `select r.id, r.status
  from api.cancel_refund($1) as r
 where r.tenant_id = $2`, ['refundId!', 'tenantId!']);

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
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Staff have carried out a manual refund. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
 */
export const completeRefund = new OneQuery<CompleteRefundParams, CompleteRefundResult>('completeRefund', `select r.id, r.status
  from api.complete_refund($1, $2) as r
 where r.tenant_id = $3`, ['refundId!', 'note', 'tenantId!']);
