// Generated from sql/payment.sql by "npm run generate"; do not edit.
import { paymentStatuses, paymentTypes } from '../model/closed-sets.ts';
import type { CreditKind, InboundStatus, OrderPaymentStatus, PaymentEventKind, PaymentEventSource, PaymentStatus, PaymentType } from '../model/closed-sets.ts';
import type { JsonObject } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listPayments takes. */
export interface ListPaymentsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which a payment was begun, in the shop's time zone. */
  from?: string | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Which means of payment; all when it is left out. */
  paymentTypes?: readonly PaymentType[] | null | undefined;
  /** Which payment providers; all when it is left out. */
  providers?: string[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly PaymentStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listPayments. */
export interface ListPaymentsResult {
  /** What is to be paid with it. */
  amount: string;
  /** When the provider reserved the money. */
  authorizedAt: Date | null;
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** What the payer's bank disputes at present. */
  disputedAmount: string;
  /** The time after which an open attempt may be given up. */
  expiresAt: Date | null;
  /** The provider's code of a failure. */
  failureCode: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Payment provider. */
  provider: string;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** When the money was received. */
  succeededAt: Date | null;
  /** When a manual payment was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The attempts to pay that fit all filters given, the newest first, in pages; a buyer's are those of their own orders.
 * Amounts in currencyCode.
 * Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
 */
export const listPayments = new PagedQuery<ListPaymentsParams, ListPaymentsResult>('listPayments', `select t.*, m.cursor as "cursor"
  from api.list_payments(
    p_statuses => $1::text[], p_payment_types => $2::text[], p_providers => $3::text[], p_order_id => $4,
    p_from => $5, p_to => $6, p_order => coalesce($7, 'newest'),
    p_first => least($8::bigint, 2147483647)::integer, p_after => $9, p_before => $10
  ) with ordinality as m (payment_id, cursor, place)
 cross join lateral (
    select t.id, t.order_id, t.payment_type, t.provider, t.status, t.amount, t.captured_amount, t.refunded_amount,
           t.disputed_amount, t.currency_code, t.failure_code, t.authorized_at, t.succeeded_at, t.expires_at,
           t.verified_at, t.version, t.created_at
      from api.payment as t
     where t.tenant_id = $11 and t.id = m.payment_id
    offset 0
  ) as t
 order by m.place`, ['statuses', 'paymentTypes', 'providers', 'orderId', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member', 'buyer'], closedSets: { statuses: paymentStatuses, paymentTypes: paymentTypes, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countPayments takes. */
export interface CountPaymentsParams {
  /** The first day on which a payment was begun, in the shop's time zone. */
  from?: string | null | undefined;
  /** Only those of this order. */
  orderId?: string | null | undefined;
  /** Which means of payment; all when it is left out. */
  paymentTypes?: readonly PaymentType[] | null | undefined;
  /** Which payment providers; all when it is left out. */
  providers?: string[] | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly PaymentStatus[] | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countPayments. */
export interface CountPaymentsResult {
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
}

/**
 * How many payments of each status there are, up to 1000, with the filters of listPayments.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countPayments = new ManyQuery<CountPaymentsParams, CountPaymentsResult>('countPayments', `select c.status as "status", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_payments(p_statuses => $1::text[], p_payment_types => $2::text[], p_providers => $3::text[], p_order_id => $4, p_from => $5, p_to => $6) as c`, ['statuses', 'paymentTypes', 'providers', 'orderId', 'from', 'to'], { callers: ['member', 'buyer'], closedSets: { statuses: paymentStatuses, paymentTypes: paymentTypes }, days: ['from', 'to'] });

/** What findPaymentByReference takes. */
export interface FindPaymentByReferenceParams {
  /** Payment provider. */
  provider: string;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findPaymentByReference. */
export interface FindPaymentByReferenceResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata: JsonObject;
  /** The order. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The payment that a provider knows by this reference, or null. Amount in currencyCode.
 */
export const findPaymentByReference = new MaybeOneQuery<FindPaymentByReferenceParams, FindPaymentByReferenceResult>('findPaymentByReference', `select p.id, p.order_id, p.payment_type, p.status, p.amount, p.currency_code, p.metadata, p.version
  from api.payment as p
 where p.tenant_id = $1 and p.provider = $2 and p.provider_reference = $3`, ['tenantId!', 'provider!', 'providerReference!'], { callers: ['member', 'worker', 'platform'] });

/** What createPayment takes. */
export interface CreatePaymentParams {
  /** What is to be paid with it. */
  amount: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The order. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Payment provider. */
  provider: string;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference?: string | null | undefined;
  /** The saved means of payment to use. */
  savedPaymentMethodId?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createPayment. */
export interface CreatePaymentResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** The time after which an open attempt may be given up. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Begins an attempt to pay an order, in its currency, of at most what is due. A repeat with the same key
 * returns the same payment. ALREADY_EXISTS while another is open, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH,
 * NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const createPayment = new OneQuery<CreatePaymentParams, CreatePaymentResult>('createPayment', `select p.id, p.status, p.amount, p.currency_code, p.expires_at, p.version
  from api.create_payment(
    $1, $2, $3, $4, $5, $6, $7
  ) as p
 where p.tenant_id = $8`, ['orderId!', 'paymentType!', 'provider!', 'amount!', 'idempotencyKey!', 'savedPaymentMethodId', 'providerReference', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], closedSets: { paymentType: paymentTypes } });

/** What attachPaymentProof takes. */
export interface AttachPaymentProofParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Name that it was uploaded under. */
  fileName: string;
  /** The payment. */
  paymentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Key of the private object that holds it, which request_upload gave the caller for payment_proof. */
  url: string;
}

/** A row of attachPaymentProof. */
export interface AttachPaymentProofResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Picture of a bank transfer. */
  proofAssetId: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Attaches the picture of a bank transfer to an open payment, as a private file.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
 */
export const attachPaymentProof = new OneQuery<AttachPaymentProofParams, AttachPaymentProofResult>('attachPaymentProof', `select p.id, p.status, p.proof_asset_id as "proof_asset_id", p.version
  from api.attach_payment_proof($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId!', 'fileName!', 'url!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What verifyManualPayment takes. */
export interface VerifyManualPaymentParams {
  /** The amount that arrived; NULL for the amount that the payment asks. */
  amount?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Whether the money has arrived. */
  isReceived: boolean;
  /** The payment. */
  paymentId: string;
  /** Why the money has not arrived. */
  reason?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of verifyManualPayment. */
export interface VerifyManualPaymentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** When a manual payment was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records whether the money of a bank transfer or of cash has arrived; the person who uploaded the proof may not.
 * FORBIDDEN, INVALID_TRANSITION, NOT_FOUND, VERSION_CONFLICT, INVALID_AMOUNT, INVALID_INPUT.
 */
export const verifyManualPayment = new OneQuery<VerifyManualPaymentParams, VerifyManualPaymentResult>('verifyManualPayment', `select p.id, p.status, p.verified_at, p.version
  from api.verify_manual_payment($1, $2, $3, $4, $5) as p
 where p.tenant_id = $6`, ['paymentId!', 'isReceived!', 'reason', 'expectedVersion!', 'amount', 'tenantId!'], { callers: ['member'] });

/** What recordPaymentResult takes. */
export interface RecordPaymentResultParams {
  /** The amount, where the provider reports one; without an event's id, the total received so far. */
  amount?: string | null | undefined;
  /** Its currency, where the provider reports one; otherwise the payment's. */
  currencyCode?: string | null | undefined;
  /** The provider's code of a failure. */
  failureCode?: string | null | undefined;
  /** The provider's message about a failure. */
  failureMessage?: string | null | undefined;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** Payment provider. */
  provider: string;
  /** The provider's id of the event or, for refunded, of the refund. */
  providerEventId?: string | null | undefined;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference: string;
  /** requires_action, authorized, succeeded or captured, failed, expired, cancelled, refunded, disputed, dispute_won or dispute_lost. */
  status: PaymentStatus;
  /** The merchant whose webhook it is, where its address names one: two merchants may have the same reference. */
  tenantId?: string | null | undefined;
}

/** A row of recordPaymentResult. */
export interface RecordPaymentResultResult {
  /** The order. */
  orderId: string | null;
  /** counted, short, overpaid, refund_opened, unallocated, recorded, repeated, or waiting (the reference is unknown: the ids are null). */
  outcome: string;
  /** The payment. */
  paymentId: string | null;
  /** requires_action, authorized, succeeded or captured, failed, expired, cancelled, refunded, disputed, dispute_won or dispute_lost. */
  status: PaymentStatus | null;
  /** The merchant. */
  tenantId: string | null;
}

/**
 * For webhooks, as worker: records what a provider reports about a payment; the tenant is found by the reference. It is
 * recorded whatever the state of the payment and its order, once for each event. Returns a row for each order that the
 * payment covers. NOT_FOUND for an unknown tenantId, INVALID_AMOUNT for a value that is not an amount, INVALID_INPUT.
 */
export const recordPaymentResult = new ManyQuery<RecordPaymentResultParams, RecordPaymentResultResult>('recordPaymentResult', `select r.tenant_id, r.payment_id, r.order_id, r.status, r.outcome as "outcome"
  from internal.record_payment_result(
    $1, $2, $3, $4, $5, $6,
    coalesce($7::timestamptz, now()), $8, $9, $10
  ) as r`, ['provider!', 'providerReference!', 'status!', 'failureCode', 'failureMessage', 'amount', 'occurredAt', 'tenantId', 'currencyCode', 'providerEventId'], { callers: ['worker'], closedSets: { status: paymentStatuses }, moments: ['occurredAt'] });

/** What setPaymentReference takes. */
export interface SetPaymentReferenceParams {
  /** The payment. */
  paymentId: string;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setPaymentReference. */
export interface SetPaymentReferenceResult {
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * As worker: sets the provider's reference of a payment once it is known, and counts what was reported under it before.
 * ALREADY_EXISTS, IMMUTABLE, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const setPaymentReference = new OneQuery<SetPaymentReferenceParams, SetPaymentReferenceResult>('setPaymentReference', `select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.set_payment_reference($1, $2) as p
 where p.tenant_id = $3`, ['paymentId!', 'providerReference!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What payOrders takes. */
export interface PayOrdersParams {
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The orders, 1 to 100, in one currency. */
  orderIds: string[];
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Payment provider. */
  provider: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of payOrders. */
export interface PayOrdersResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The order. */
  orderId: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Begins one payment at a provider for several orders of a customer: an attempt for each, with one reference. Amounts
 * in currencyCode. ALREADY_EXISTS, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const payOrders = new ManyQuery<PayOrdersParams, PayOrdersResult>('payOrders', `select p.id, p.order_id, p.status, p.amount, p.currency_code, p.version
  from api.pay_orders($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['orderIds!', 'paymentType!', 'provider!', 'idempotencyKey!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], closedSets: { paymentType: paymentTypes } });

/** What leavePayment takes. */
export interface LeavePaymentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The payment. */
  paymentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of leavePayment. */
export interface LeavePaymentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Gives up an open payment, so that the order can be paid in another way.
 * INVALID_TRANSITION, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT.
 */
export const leavePayment = new OneQuery<LeavePaymentParams, LeavePaymentResult>('leavePayment', `select p.id, p.status, p.version
  from api.leave_payment($1, $2) as p
 where p.tenant_id = $3`, ['paymentId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What listPaymentsToCancel takes. */
export interface ListPaymentsToCancelParams {
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listPaymentsToCancel. */
export interface ListPaymentsToCancelResult {
  /** Since when it is to be cancelled at the provider; NULL once the provider has confirmed. */
  cancelRequestedAt: Date;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Payment provider. */
  provider: string;
  /** The provider's reference of the attempt: an id of its own, or the id of this payment, if that was passed to it. */
  providerReference: string | null;
}

/**
 * As worker: payments that the worker must ask the provider to cancel, the longest waiting first. recordPaymentResult
 * records the provider's answer.
 */
export const listPaymentsToCancel = new ManyQuery<ListPaymentsToCancelParams, ListPaymentsToCancelResult>('listPaymentsToCancel', `select p.id, p.provider, p.provider_reference, p.cancel_requested_at as "cancel_requested_at"
  from api.payment as p
 where p.tenant_id = $1 and p.cancel_requested_at is not null
 order by p.cancel_requested_at, p.id
 limit $2`, ['tenantId!', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What correctPayment takes. */
export interface CorrectPaymentParams {
  /** The amount that was really received. */
  capturedAmount: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The payment. */
  paymentId: string;
  /** The reason, for the ledger. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of correctPayment. */
export interface CorrectPaymentResult {
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Corrects what was received with a payment, where what is recorded is wrong.
 * INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const correctPayment = new OneQuery<CorrectPaymentParams, CorrectPaymentResult>('correctPayment', `select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.correct_payment($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId!', 'capturedAmount!', 'reason!', 'expectedVersion!', 'tenantId!'], { callers: ['member'] });

/** What reportPayment takes. */
export interface ReportPaymentParams {
  /** How much of the payment. */
  amount: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** What happened there. */
  kind: 'disputed' | 'dispute_won' | 'dispute_lost' | 'refunded' | 'refund_failed';
  /** The payment. */
  paymentId: string;
  /** The provider's id of the event, or of the refund; a webhook with this id reports the same fact, whatever its amount. */
  providerEventId?: string | null | undefined;
  /** How staff know it, for the ledger. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of reportPayment. */
export interface ReportPaymentResult {
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** What the payer's bank disputes at present. */
  disputedAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records what staff have read at the provider about a payment for which no webhook came. A webhook with the same
 * amount, or with the same providerEventId, is the same fact. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
 * INVALID_INPUT.
 */
export const reportPayment = new OneQuery<ReportPaymentParams, ReportPaymentResult>('reportPayment', `select p.id, p.status, p.captured_amount, p.refunded_amount, p.disputed_amount, p.currency_code, p.version
  from api.report_payment($1, $2, $3, $4, $5, $6) as p
 where p.tenant_id = $7`, ['paymentId!', 'kind!', 'amount!', 'reason!', 'expectedVersion!', 'providerEventId', 'tenantId!'], { callers: ['member'], closedSets: { kind: ['disputed', 'dispute_won', 'dispute_lost', 'refunded', 'refund_failed'] } });

/** What writeOffLoss takes. */
export interface WriteOffLossParams {
  /** The sum that is added to the account; negative when it is taken from it. */
  amount: string;
  /** The currency of the money, where it went back in another currency than the order's. */
  currencyCode?: string | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The order. */
  orderId: string;
  /** What staff noted about it. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of writeOffLoss. */
export interface WriteOffLossResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
}

/**
 * Writes off as a loss what was paid back for an order beyond what it received; returns the order's balance. Amounts in
 * currencyCode.
 * INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const writeOffLoss = new OneQuery<WriteOffLossParams, WriteOffLossResult>('writeOffLoss', `select o.id, o.payment_status, o.paid_amount, o.refunded_amount, o.due_amount, o.currency_code
  from api.write_off_loss($1, $2, $3, $4, $5) as o
 where o.tenant_id = $6`, ['orderId!', 'amount!', 'reason!', 'idempotencyKey!', 'currencyCode', 'tenantId!'], { callers: ['member'] });

/** What allocateMoney takes. */
export interface AllocateMoneyParams {
  /** The sum that is added to the account; negative when it is taken from it. */
  amount: string;
  /** The currency of the money, where it came in another currency than that of the order it was for. */
  currencyCode?: string | null | undefined;
  /** The order that the money was for; NULL for the payment's own order. */
  fromOrderId?: string | null | undefined;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The order that the money is for from now on. */
  orderId: string;
  /** The payment. */
  paymentId: string;
  /** What staff noted about it. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of allocateMoney. */
export interface AllocateMoneyResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
}

/**
 * Uses money of a payment for another order of the same customer; returns the order's balance. Amounts in
 * currencyCode.
 * INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const allocateMoney = new OneQuery<AllocateMoneyParams, AllocateMoneyResult>('allocateMoney', `select o.id, o.payment_status, o.paid_amount, o.due_amount, o.currency_code
  from api.allocate_money(
    $1, $2, $3, $4, $5, $6, $7
  ) as o
 where o.tenant_id = $8`, ['paymentId!', 'orderId!', 'amount!', 'reason!', 'idempotencyKey!', 'fromOrderId', 'currencyCode', 'tenantId!'], { callers: ['member'] });

/** What listPaymentEvents takes. */
export interface ListPaymentEventsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The payment. */
  paymentId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listPaymentEvents. */
export interface ListPaymentEventsResult {
  /** How much; negative only where staff correct what was recorded. */
  amount: string;
  /** When it was recorded. */
  createdAt: Date;
  /** ISO 4217 code of the amount; it may differ from what was asked for. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What happened. */
  kind: PaymentEventKind;
  /** What staff noted about it. */
  note: string | null;
  /** When it happened, by the provider's clock. */
  occurredAt: Date;
  /** The source of the report: the provider by a webhook, staff, the shopper, or a job. */
  source: PaymentEventSource;
}

/**
 * What happened to a payment at the provider or at the till, the newest first, in pages. Amounts in currencyCode.
 */
export const listPaymentEvents = new PagedQuery<ListPaymentEventsParams, ListPaymentEventsResult>('listPaymentEvents', `select e.id, e.kind, e.source, e.amount, e.currency_code, e.occurred_at, e.note, e.created_at, e.id as "cursor"
  from api.payment_event as e
 where e.tenant_id = $1 and e.payment_id = $2 and ($3::uuid is null or e.id < $3)
 order by e.id desc
 limit $4`, ['tenantId!', 'paymentId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What listMoneyToSettle takes. */
export type ListMoneyToSettleParams = void;

/** A row of listMoneyToSettle. */
export interface ListMoneyToSettleResult {
  /** How much. */
  amount: string | null;
  /** The currency of the amount, where the provider stated it. */
  currencyCode: string | null;
  /** The payment, order, refund or waiting event, by its kind. */
  id: string;
  /** The kind of case. */
  kind: 'unallocated' | 'overpaid' | 'lost' | 'refund_failed' | 'unknown_reference';
  /** The order, where one is known. */
  orderId: string | null;
  /** The payment, where it is one. */
  paymentId: string | null;
  /** Since when it waits. */
  since: Date;
}

/**
 * Money that staff have to decide about, the longest waiting first. Amounts in currencyCode. FORBIDDEN.
 */
export const listMoneyToSettle = new ManyQuery<ListMoneyToSettleParams, ListMoneyToSettleResult>('listMoneyToSettle', `select m.id as "id", m.kind as "kind", m.order_id, m.payment_id, m.currency_code, m.amount, m.since as "since"
  from api.money_to_settle() as m`, [], { callers: ['member', 'worker'] });

/** What assignInboundEvent takes. */
export interface AssignInboundEventParams {
  /** The inbound event. */
  inboundEventId: string;
  /** The order that the money is for. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of assignInboundEvent. */
export interface AssignInboundEventResult {
  /** What was received with it, in currencyCode. */
  capturedAmount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Counts money that came with an unknown reference towards an order. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION,
 * INVALID_INPUT.
 */
export const assignInboundEvent = new OneQuery<AssignInboundEventParams, AssignInboundEventResult>('assignInboundEvent', `select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.assign_inbound_event($1, $2, $3) as p
 where p.tenant_id = $4`, ['inboundEventId!', 'orderId!', 'paymentType!', 'tenantId!'], { callers: ['member'], closedSets: { paymentType: paymentTypes } });

/** What returnInboundEvent takes. */
export interface ReturnInboundEventParams {
  /** The inbound event. */
  inboundEventId: string;
  /** What staff noted about it. */
  note: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of returnInboundEvent. */
export interface ReturnInboundEventResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it waits, belongs to a payment, or was given back. */
  status: InboundStatus;
}

/**
 * Records that staff have paid back money that came with an unknown reference. FORBIDDEN, NOT_FOUND,
 * INVALID_TRANSITION, INVALID_INPUT.
 */
export const returnInboundEvent = new OneQuery<ReturnInboundEventParams, ReturnInboundEventResult>('returnInboundEvent', `select e.id, e.status
  from api.return_inbound_event($1, $2) as e
 where e.tenant_id = $3`, ['inboundEventId!', 'note!', 'tenantId!'], { callers: ['member'] });

/** What spendCredit takes. */
export interface SpendCreditParams {
  /** What is to be paid with it. */
  amount: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of spendCredit. */
export interface SpendCreditResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the payment, derived from its events. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Pays an order, or a part of it, with the store credit of its customer. Amount in currencyCode.
 * INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const spendCredit = new OneQuery<SpendCreditParams, SpendCreditResult>('spendCredit', `select p.id, p.status, p.amount, p.currency_code, p.version
  from api.spend_credit($1, $2, $3) as p
 where p.tenant_id = $4`, ['orderId!', 'amount!', 'idempotencyKey!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What grantCredit takes. */
export interface GrantCreditParams {
  /** The sum that is added to the credit; negative when it is taken from it. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** The customer who has the credit. */
  customerId: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** Why it was granted. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of grantCredit. */
export interface GrantCreditResult {
  /** The sum that is added to the credit; negative when it is taken from it. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Until when a grant can be spent; NULL when it never expires. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Gives a customer store credit out of goodwill.
 * INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const grantCredit = new OneQuery<GrantCreditParams, GrantCreditResult>('grantCredit', `select c.id, c.amount, c.currency_code, c.expires_at
  from api.grant_credit($1, $2, $3, $4, $5) as c
 where c.tenant_id = $6`, ['customerId!', 'amount!', 'currencyCode!', 'reason!', 'idempotencyKey!', 'tenantId!'], { callers: ['member'] });

/** What withdrawCredit takes. */
export interface WithdrawCreditParams {
  /** The row that granted it. */
  creditId: string;
  /** Why it was granted. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of withdrawCredit. */
export interface WithdrawCreditResult {
  /** The sum that is added to the credit; negative when it is taken from it. */
  amount: string;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Takes back what is left of a grant of store credit; the money of a refund belongs to its order again.
 * INVALID_AMOUNT when nothing is left, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const withdrawCredit = new OneQuery<WithdrawCreditParams, WithdrawCreditResult>('withdrawCredit', `select c.id, c.amount, c.currency_code
  from api.withdraw_credit($1, $2) as c
 where c.tenant_id = $3`, ['creditId!', 'reason!', 'tenantId!'], { callers: ['member'] });

/** What listCustomerCredit takes. */
export interface ListCustomerCreditParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The customer who has the credit. */
  customerId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomerCredit. */
export interface ListCustomerCreditResult {
  /** The sum that is added to the credit; negative when it is taken from it. */
  amount: string;
  /** When it was written. */
  createdAt: Date;
  /** ISO 4217 code of the amount. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Until when a grant can be spent; NULL when it never expires. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What happened. */
  kind: CreditKind;
  /** Why it was granted. */
  reason: string | null;
}

/**
 * A customer's store credit: granted, spent, given back, withdrawn and expired, the newest first, in pages; also for
 * the customer. Amounts in currencyCode.
 */
export const listCustomerCredit = new PagedQuery<ListCustomerCreditParams, ListCustomerCreditResult>('listCustomerCredit', `select c.id, c.kind, c.amount, c.currency_code, c.expires_at, c.reason, c.created_at, c.id as "cursor"
  from api.customer_credit as c
 where c.tenant_id = $1 and c.customer_id = $2 and ($3::uuid is null or c.id < $3)
 order by c.id desc
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });
