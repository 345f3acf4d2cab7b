// Generated from sql/refund.sql by "npm run generate"; do not edit.
import type { RefundMethod, RefundStatus } from '../closed-sets.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListOrderRefunds' parameters type */
export interface ListOrderRefundsParams {
  after?: string | null | undefined;
  first: number;
  orderId: string;
  tenantId: string;
}

/** 'ListOrderRefunds' return type */
export interface ListOrderRefundsResult {
  /** What is given back. */
  amount: string;
  /** When the provider confirmed it. */
  completed_at: Date | null;
  /** When the row was made. */
  created_at: Date;
  /** ISO 4217 code of the amount. */
  currency_code: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it is given back. */
  method: RefundMethod;
  /** The return that it is for. */
  order_return_id: string | null;
  /** The payment that is given back. */
  payment_id: string;
  /** Why it is given back. */
  reason: string | null;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * The refunds of an order, the newest first, in pages; also for its buyer. Amounts in currency_code.
 */
export const listOrderRefunds = new PagedQuery<ListOrderRefundsParams, ListOrderRefundsResult>('listOrderRefunds', `select r.id, r.payment_id, r.order_return_id, r.status, r.method, r.amount, r.currency_code, r.reason, r.completed_at,
       r.created_at, r.id as "cursor"
  from api.refund as r
 where r.tenant_id = $1 and r.order_id = $2 and ($3::uuid is null or r.id < $3)
 order by r.id desc
 limit $4`, ['tenantId', 'orderId', 'after', 'first']);

/** 'RequestRefund' parameters type */
export interface RequestRefundParams {
  amount: string;
  idempotencyKey: string;
  method?: RefundMethod | null | undefined;
  orderReturnId?: string | null | undefined;
  paymentId: string;
  reason?: string | null | undefined;
  tenantId: string;
}

/** 'RequestRefund' return type */
export interface RequestRefundResult {
  /** What is given back. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currency_code: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How it is given back. */
  method: RefundMethod;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Asks for money of a payment to be given back, in its currency: together with what is given back already, at most
 * what was paid. A repeat with the same key returns the same refund.
 * INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const requestRefund = new PreparedQuery<RequestRefundParams, RequestRefundResult>('requestRefund', `select r.id, r.status, r.method, r.amount, r.currency_code
  from api.request_refund(
    $1, $2, $3, $4, $5, coalesce($6, 'original_payment')
  ) as r
 where r.tenant_id = $7`, ['paymentId', 'amount', 'idempotencyKey', 'orderReturnId', 'reason', 'method', 'tenantId']);

/** 'RecordRefundResult' parameters type */
export interface RecordRefundResultParams {
  occurredAt?: Date | string | null | undefined;
  providerReference?: string | null | undefined;
  refundId: string;
  status: RefundStatus;
}

/** 'RecordRefundResult' return type */
export interface RecordRefundResultResult {
  status: RefundStatus;
}

/**
 * For webhooks, as worker: what a provider says of a refund; the tenant is found by its id. Only forward, a repeat
 * changes nothing. NOT_FOUND, INVALID_INPUT.
 */
export const recordRefundResult = new PreparedQuery<RecordRefundResultParams, RecordRefundResultResult>('recordRefundResult', `select internal.record_refund_result(
    $1, $2, $3, coalesce($4::timestamptz, now())
  ) as "status"`, ['refundId', 'status', 'providerReference', 'occurredAt']);

/** 'RetryRefund' parameters type */
export interface RetryRefundParams {
  refundId: string;
  tenantId: string;
}

/** 'RetryRefund' return type */
export interface RetryRefundResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Asks once more for a refund that failed. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const retryRefund = new PreparedQuery<RetryRefundParams, RetryRefundResult>('retryRefund', `select r.id, r.status
  from api.retry_refund($1) as r
 where r.tenant_id = $2`, ['refundId', 'tenantId']);

/** 'CancelRefund' parameters type */
export interface CancelRefundParams {
  refundId: string;
  tenantId: string;
}

/** 'CancelRefund' return type */
export interface CancelRefundResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the refund functions only. */
  status: RefundStatus;
}

/**
 * Takes a refund back that the provider has not carried out. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
 */
export const cancelRefund = new PreparedQuery<CancelRefundParams, CancelRefundResult>('cancelRefund', `select r.id, r.status
  from api.cancel_refund($1) as r
 where r.tenant_id = $2`, ['refundId', 'tenantId']);
