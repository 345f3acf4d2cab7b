// Generated from sql/payment.sql by "npm run generate"; do not edit.
import type { PaymentStatus, PaymentType } from '../closed-sets.ts';
import type { PaymentMetadata } from '../json.ts';
import { PagedQuery } from '../page.ts';
import { PreparedQuery } from '../prepared-query.ts';

/** 'ListOrderPayments' parameters type */
export interface ListOrderPaymentsParams {
  after?: string | null | undefined;
  first: number;
  orderId: string;
  tenantId: string;
}

/** 'ListOrderPayments' return type */
export interface ListOrderPaymentsResult {
  /** What is to be paid with it. */
  amount: string;
  /** When the provider reserved the money. */
  authorized_at: Date | null;
  /** When the row was made. */
  created_at: Date;
  /** ISO 4217 code of the amount, the order's. */
  currency_code: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** From then on an open attempt may be given up. */
  expires_at: Date | null;
  /** The provider's code of a failure. */
  failure_code: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Kind of payment. */
  payment_type: PaymentType;
  /** Payment provider. */
  provider: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** When the money was received. */
  succeeded_at: Date | null;
  /** When a manual payment was verified. */
  verified_at: Date | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The attempts to pay an order, the newest first, in pages; also for its buyer. Amounts in currency_code.
 */
export const listOrderPayments = new PagedQuery<ListOrderPaymentsParams, ListOrderPaymentsResult>('listOrderPayments', `select p.id, p.payment_type, p.provider, p.status, p.amount, p.currency_code, p.failure_code, p.authorized_at,
       p.succeeded_at, p.expires_at, p.verified_at, p.version, p.created_at, p.id as "cursor"
  from api.payment as p
 where p.tenant_id = $1 and p.order_id = $2 and ($3::uuid is null or p.id < $3)
 order by p.id desc
 limit $4`, ['tenantId', 'orderId', 'after', 'first']);

/** 'FindPaymentByReference' parameters type */
export interface FindPaymentByReferenceParams {
  provider: string;
  providerReference: string;
  tenantId: string;
}

/** 'FindPaymentByReference' return type */
export interface FindPaymentByReferenceResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currency_code: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Flexible data, a JSON object of at most 64 KiB; staff only. */
  metadata: PaymentMetadata;
  /** The order. */
  order_id: string;
  /** Kind of payment. */
  payment_type: PaymentType;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * The payment that a provider knows by this reference, or no row. Amount in currency_code.
 */
export const findPaymentByReference = new PreparedQuery<FindPaymentByReferenceParams, FindPaymentByReferenceResult>('findPaymentByReference', `select p.id, p.order_id, p.payment_type, p.status, p.amount, p.currency_code, p.metadata, p.version
  from api.payment as p
 where p.tenant_id = $1 and p.provider = $2 and p.provider_reference = $3`, ['tenantId', 'provider', 'providerReference']);

/** 'CreatePayment' parameters type */
export interface CreatePaymentParams {
  amount: string;
  idempotencyKey: string;
  orderId: string;
  paymentType: PaymentType;
  provider: string;
  providerReference?: string | null | undefined;
  savedPaymentMethodId?: string | null | undefined;
  tenantId: string;
}

/** 'CreatePayment' return type */
export interface CreatePaymentResult {
  /** What is to be paid with it. */
  amount: string;
  /** ISO 4217 code of the amount, the order's. */
  currency_code: string;
  /** From then on an open attempt may be given up. */
  expires_at: Date | null;
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
export const createPayment = new PreparedQuery<CreatePaymentParams, CreatePaymentResult>('createPayment', `select p.id, p.status, p.amount, p.currency_code, p.expires_at, p.version
  from api.create_payment(
    $1, $2, $3, $4, $5, $6, $7
  ) as p
 where p.tenant_id = $8`, ['orderId', 'paymentType', 'provider', 'amount', 'idempotencyKey', 'savedPaymentMethodId', 'providerReference', 'tenantId']);

/** 'AttachPaymentProof' parameters type */
export interface AttachPaymentProofParams {
  expectedVersion: number;
  fileName: string;
  paymentId: string;
  tenantId: string;
  url: string;
}

/** 'AttachPaymentProof' return type */
export interface AttachPaymentProofResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  proof_asset_id: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Keeps the picture of a bank transfer with an open payment, as a private file.
 * FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
 */
export const attachPaymentProof = new PreparedQuery<AttachPaymentProofParams, AttachPaymentProofResult>('attachPaymentProof', `select p.id, p.status, p.proof_asset_id as "proof_asset_id", p.version
  from api.attach_payment_proof($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId', 'fileName', 'url', 'expectedVersion', 'tenantId']);

/** 'VerifyManualPayment' parameters type */
export interface VerifyManualPaymentParams {
  expectedVersion: number;
  isReceived: boolean;
  paymentId: string;
  reason?: string | null | undefined;
  tenantId: string;
}

/** 'VerifyManualPayment' return type */
export interface VerifyManualPaymentResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Where it stands; changed by the payment functions only. */
  status: PaymentStatus;
  /** When a manual payment was verified. */
  verified_at: Date | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/**
 * Says whether the money of a transfer or of cash has arrived; not by whoever uploaded the proof.
 * FORBIDDEN, INVALID_TRANSITION, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
 */
export const verifyManualPayment = new PreparedQuery<VerifyManualPaymentParams, VerifyManualPaymentResult>('verifyManualPayment', `select p.id, p.status, p.verified_at, p.version
  from api.verify_manual_payment($1, $2, $3, $4) as p
 where p.tenant_id = $5`, ['paymentId', 'isReceived', 'reason', 'expectedVersion', 'tenantId']);

/** 'RecordPaymentResult' parameters type */
export interface RecordPaymentResultParams {
  amount?: string | null | undefined;
  failureCode?: string | null | undefined;
  failureMessage?: string | null | undefined;
  occurredAt?: Date | string | null | undefined;
  provider: string;
  providerReference: string;
  status: PaymentStatus;
}

/** 'RecordPaymentResult' return type */
export interface RecordPaymentResultResult {
  order_id: string;
  payment_id: string;
  status: PaymentStatus;
  tenant_id: string;
}

/**
 * For webhooks, as worker: what a provider says of a payment; the tenant is found by the reference. Only forward,
 * a repeat changes nothing. An amount other than the payment's is kept in its metadata and leaves the status as
 * it is. NOT_FOUND, INVALID_INPUT.
 */
export const recordPaymentResult = new PreparedQuery<RecordPaymentResultParams, RecordPaymentResultResult>('recordPaymentResult', `select r.tenant_id as "tenant_id", r.payment_id as "payment_id", r.order_id as "order_id", r.status as "status"
  from internal.record_payment_result(
    $1, $2, $3, $4, $5, $6,
    coalesce($7::timestamptz, now())
  ) as r`, ['provider', 'providerReference', 'status', 'failureCode', 'failureMessage', 'amount', 'occurredAt']);
