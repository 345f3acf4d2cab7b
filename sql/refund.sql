-- Refunds that fit all filters given, the newest first, in pages; a buyer's are those of their own orders. Amounts in
-- currency_code.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly RefundStatus[]
-- @type methods readonly RefundMethod[]
-- @type order 'newest' | 'oldest'
/* @name listRefunds :many */
select t.*, m.cursor as "cursor!"
  from api.list_refunds(
    p_statuses => :statuses::text[], p_methods => :methods::text[], p_order_id => :orderId, p_payment_id => :paymentId, p_order_return_id => :orderReturnId,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (refund_id, cursor, place)
 cross join lateral (
    select t.id, t.order_id, t.payment_id, t.order_return_id, t.status, t.method, t.part, t.amount,
           t.currency_code, t.reason, t.completed_at, t.created_at
      from api.refund as t
     where t.tenant_id = :tenantId! and t.id = m.refund_id
    offset 0
  ) as t
 order by m.place;

-- How many refunds of each status there are, up to 1000, with the filters of listRefunds.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly RefundStatus[]
-- @type methods readonly RefundMethod[]
-- @type status RefundStatus
/* @name countRefunds :many */
select c.status as "status!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_refunds(p_statuses => :statuses::text[], p_methods => :methods::text[], p_order_id => :orderId, p_payment_id => :paymentId, p_order_return_id => :orderReturnId, p_from => :from, p_to => :to) as c;

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

-- For webhooks, as worker: records what a provider reports about a refund of a tenant. A repeat changes nothing.
-- NOT_FOUND, INVALID_INPUT.
/* @name recordRefundResult :one */
select internal.record_refund_result(
    :tenantId!, :refundId!, :status!, :providerReference, coalesce(:occurredAt::timestamptz, now())
  ) as "status!";

-- Requests a failed refund again. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
/* @name retryRefund :one */
select r.id, r.status
  from api.retry_refund(:refundId!) as r
 where r.tenant_id = :tenantId!;

-- Withdraws a refund that the provider has not carried out, or that failed. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION.
/* @name cancelRefund :one */
select r.id, r.status
  from api.cancel_refund(:refundId!) as r
 where r.tenant_id = :tenantId!;

-- Records that staff have carried out a manual refund. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION, INVALID_INPUT.
/* @name completeRefund :one */
select r.id, r.status
  from api.complete_refund(:refundId!, :note) as r
 where r.tenant_id = :tenantId!;
