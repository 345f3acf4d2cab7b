// Generated from sql/payment.sql by "npm run generate"; do not edit.
import type { PaymentStatus, PaymentType } from '../model/closed-sets.ts';
import type { PaymentMetadata } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listOrderPayments takes. */
export interface ListOrderPaymentsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOrderPayments. */
export interface ListOrderPaymentsResult {
  /** What is to be paid with it. */
  amount: string;
  /** When the provider reserved the money. */
  authorizedAt: Date | null;
  /** When the row was made. */
  createdAt: Date;
  /** ISO 4217 code of the amount, the order's. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** From then on an open attempt may be given up. */
  expiresAt: Date | null;
  /** The provider's code of a failure. */
  failureCode: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Payment provider. */
  provider: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** When the money was received. */
  succeededAt: Date | null;
  /** When a manual payment was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The attempts to pay an order, the newest first, in pages; also for its buyer. Amounts in currencyCode.
 */
export const listOrderPayments = new PagedQuery<ListOrderPaymentsParams, ListOrderPaymentsResult>('listOrderPayments', `select p.id, p.payment_type, p.provider, p.status, p.amount, p.currency_code, p.failure_code, p.authorized_at,
       p.succeeded_at, p.expires_at, p.verified_at, p.version, p.created_at, p.id as "cursor"
  from api.payment as p
 where p.tenant_id = $1 and p.order_id = $2 and ($3::uuid is null or p.id < $3)
 order by p.id desc
 limit $4`, ['tenantId', 'orderId', 'after', 'first']);

/** What findPaymentByReference takes. */
export interface FindPaymentByReferenceParams {
  /** Payment provider. */
  provider: string;
  /** What the provider calls the attempt: an id of its own, or this payment's, which it was told. */
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
  metadata: PaymentMetadata;
  /** The order. */
  orderId: string;
  /** Kind of payment. */
  paymentType: PaymentType;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The payment that a provider knows by this reference, or null. Amount in currencyCode.
 */
export const findPaymentByReference = new MaybeOneQuery<FindPaymentByReferenceParams, FindPaymentByReferenceResult>('findPaymentByReference', `select p.id, p.order_id, p.payment_type, p.status, p.amount, p.currency_code, p.metadata, p.version
  from api.payment as p
 where p.tenant_id = $1 and p.provider = $2 and p.provider_reference = $3`, ['tenantId', 'provider', 'providerReference']);

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
  /** What the provider calls the attempt: an id of its own, or this payment's, which it was told. */
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
  /** From then on an open attempt may be given up. */
  expiresAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Begins an attempt to pay an order, in its currency, of at most what is still owed. A repeat with the same key
 * returns the same payment. ALREADY_EXISTS while another is open, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH,
 * NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const createPayment = new OneQuery<CreatePaymentParams, CreatePaymentResult>('createPayment', `select p.id, p.status, p.amount, p.currency_code, p.expires_at, p.version
  from api.create_payment(
    $1, $2, $3, $4, $5, $6, $7
  ) as p
 where p.tenant_id = $8`, ['orderId', 'paymentType', 'provider', 'amount', 'idempotencyKey', 'savedPaymentMethodId', 'providerReference', 'tenantId']);

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
  /** Where it is stored. */
  url: string;
}

/** A row of attachPaymentProof. */
export interface AttachPaymentProofResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Picture of a bank transfer. */
  proofAssetId: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Keeps the picture of a bank transfer with an open payment, as a private file.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
 */
export const attachPaymentProof = new OneQuery<AttachPaymentProofParams, AttachPaymentProofResult>('attachPaymentProof', `select p.id, p.status, p.proof_asset_id as "proof_asset_id", p.version
  from api.attach_payment_proof($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId', 'fileName', 'url', 'expectedVersion', 'tenantId']);

/** What verifyManualPayment takes. */
export interface VerifyManualPaymentParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Whether the money has arrived. */
  isReceived: boolean;
  /** The payment. */
  paymentId: string;
  /** Why it has not. */
  reason?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of verifyManualPayment. */
export interface VerifyManualPaymentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** When a manual payment was verified. */
  verifiedAt: Date | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Says whether the money of a transfer or of cash has arrived; not by whoever uploaded the proof.
 * FORBIDDEN, INVALID_TRANSITION, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const verifyManualPayment = new OneQuery<VerifyManualPaymentParams, VerifyManualPaymentResult>('verifyManualPayment', `select p.id, p.status, p.verified_at, p.version
  from api.verify_manual_payment($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId', 'isReceived', 'reason', 'expectedVersion', 'tenantId']);

/** What recordPaymentResult takes. */
export interface RecordPaymentResultParams {
  /** The amount that arrived, where the provider says so, in the payment's currency. */
  amount?: string | null | undefined;
  /** The provider's code of a failure. */
  failureCode?: string | null | undefined;
  /** The provider's words about it. */
  failureMessage?: string | null | undefined;
  /** When it happened, by the provider's clock; now unless given. */
  occurredAt?: Date | string | null | undefined;
  /** Payment provider. */
  provider: string;
  /** What the provider calls the attempt: an id of its own, or this payment's, which it was told. */
  providerReference: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Whose webhook it is, where the address tells: references of two merchants may be alike. */
  tenantId?: string | null | undefined;
}

/** A row of recordPaymentResult. */
export interface RecordPaymentResultResult {
  /** The order. */
  orderId: string;
  /** The payment. */
  paymentId: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** The merchant. */
  tenantId: string;
}

/**
 * For webhooks, as worker: what a provider says of a payment; the tenant is found by the reference. Only forward,
 * a repeat changes nothing. An amount other than the payment's is kept in its metadata and leaves the status as
 * it is. NOT_FOUND, INVALID_INPUT, INVALID_AMOUNT for what is no amount.
 */
export const recordPaymentResult = new OneQuery<RecordPaymentResultParams, RecordPaymentResultResult>('recordPaymentResult', `select r.tenant_id as "tenant_id", r.payment_id as "payment_id", r.order_id as "order_id", r.status as "status"
  from internal.record_payment_result(
    $1, $2, $3, $4, $5, $6,
    coalesce($7::timestamptz, now()), $8
  ) as r`, ['provider', 'providerReference', 'status', 'failureCode', 'failureMessage', 'amount', 'occurredAt', 'tenantId']);
