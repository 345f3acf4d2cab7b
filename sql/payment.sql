-- The attempts to pay an order, the newest first, in pages; also for its buyer. Amounts in currency_code.
/* @name listOrderPayments :many */
select p.id, p.payment_type, p.provider, p.status, p.amount, p.currency_code, p.failure_code, p.authorized_at,
       p.succeeded_at, p.expires_at, p.verified_at, p.version, p.created_at, p.id as "cursor!"
  from api.payment as p
 where p.tenant_id = :tenantId! and p.order_id = :orderId! and (:after::uuid is null or p.id < :after)
 order by p.id desc
 limit :first!;

-- The payment that a provider knows by this reference, or null. Amount in currency_code.
-- @type metadata PaymentMetadata
/* @name findPaymentByReference :maybeOne */
select p.id, p.order_id, p.payment_type, p.status, p.amount, p.currency_code, p.metadata, p.version
  from api.payment as p
 where p.tenant_id = :tenantId! and p.provider = :provider! and p.provider_reference = :providerReference!;

-- Begins an attempt to pay an order, in its currency, of at most what is still owed. A repeat with the same key
-- returns the same payment. ALREADY_EXISTS while another is open, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH,
-- NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name createPayment :one */
select p.id, p.status, p.amount, p.currency_code, p.expires_at, p.version
  from api.create_payment(
    :orderId!, :paymentType!, :provider!, :amount!, :idempotencyKey!, :savedPaymentMethodId, :providerReference
  ) as p
 where p.tenant_id = :tenantId!;

-- Keeps the picture of a bank transfer with an open payment, as a private file.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
/* @name attachPaymentProof :one */
select p.id, p.status, p.proof_asset_id as "proof_asset_id!", p.version
  from api.attach_payment_proof(:paymentId!, :fileName!, :url!, :expectedVersion!) as p
 where p.tenant_id = :tenantId!;

-- Says whether the money of a transfer or of cash has arrived; not by whoever uploaded the proof.
-- FORBIDDEN, INVALID_TRANSITION, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name verifyManualPayment :one */
select p.id, p.status, p.verified_at, p.version
  from api.verify_manual_payment(:paymentId!, :isReceived!, :reason, :expectedVersion!) as p
 where p.tenant_id = :tenantId!;

-- For webhooks, as worker: what a provider says of a payment; the tenant is found by the reference. Only forward,
-- a repeat changes nothing. An amount other than the payment's is kept in its metadata and leaves the status as
-- it is. NOT_FOUND, INVALID_INPUT, INVALID_AMOUNT for what is no amount.
-- @doc tenantId Whose webhook it is, where the address tells: references of two merchants may be alike.
-- @doc amount The amount that arrived, where the provider says so, in the payment's currency.
/* @name recordPaymentResult :one */
select r.tenant_id as "tenant_id!", r.payment_id as "payment_id!", r.order_id as "order_id!", r.status as "status!"
  from internal.record_payment_result(
    :provider!, :providerReference!, :status!, :failureCode, :failureMessage, :amount,
    coalesce(:occurredAt::timestamptz, now()), :tenantId
  ) as r;
