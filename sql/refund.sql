-- The refunds of an order, the newest first, in pages; also for its buyer. Amounts in currency_code.
/* @name listOrderRefunds :many */
select r.id, r.payment_id, r.order_return_id, r.status, r.method, r.part, r.amount, r.currency_code, r.reason, r.completed_at,
       r.created_at, r.id as "cursor!"
  from api.refund as r
 where r.tenant_id = :tenantId! and r.order_id = :orderId! and (:after::uuid is null or r.id < :after)
 order by r.id desc
 limit :first!;

-- How much can be refunded of each part of an order's price: goods, tax, shipping and fee. FORBIDDEN, NOT_FOUND.
-- @type part PricePart
/* @name listRefundableParts :many */
select r.part as "part!", r.amount as "amount!", r.currency_code as "currency_code!"
  from api.refundable_parts(:orderId!) as r;

-- Asks for money of a payment to be given back: at most what it holds for the order, and of a part at most what was
-- paid of it. A repeat with the same key returns the same refund.
-- INVALID_AMOUNT, ALREADY_EXISTS for a key of long ago, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name requestRefund :one */
select r.id, r.status, r.method, r.amount, r.currency_code
  from api.request_refund(
    :paymentId!, :amount!, :idempotencyKey!, :orderReturnId, :reason, coalesce(:method, 'original_payment'),
    :orderId, :currencyCode, :part
  ) as r
 where r.tenant_id = :tenantId!;

-- For webhooks, as worker: what a provider says of a refund of a tenant. A repeat changes nothing. NOT_FOUND, INVALID_INPUT.
/* @name recordRefundResult :one */
select internal.record_refund_result(
    :tenantId!, :refundId!, :status!, :providerReference, coalesce(:occurredAt::timestamptz, now())
  ) as "status!";

-- Asks once more for a refund that failed. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
/* @name retryRefund :one */
select r.id, r.status
  from api.retry_refund(:refundId!) as r
 where r.tenant_id = :tenantId!;

-- Takes a refund back that the provider has not carried out, or that failed. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
/* @name cancelRefund :one */
select r.id, r.status
  from api.cancel_refund(:refundId!) as r
 where r.tenant_id = :tenantId!;

-- Staff have carried out a manual refund. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
/* @name completeRefund :one */
select r.id, r.status
  from api.complete_refund(:refundId!, :note) as r
 where r.tenant_id = :tenantId!;
