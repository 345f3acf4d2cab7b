-- The attempts to pay that fit all filters given, the newest first, in pages; a buyer's are those of their own orders.
-- Amounts in currency_code.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly PaymentStatus[]
-- @type paymentTypes readonly PaymentType[]
-- @type order 'newest' | 'oldest'
/* @name listPayments :many */
select t.*, m.cursor as "cursor!"
  from api.list_payments(
    p_statuses => :statuses::text[], p_payment_types => :paymentTypes::text[], p_providers => :providers::text[], p_order_id => :orderId,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (payment_id, cursor, place)
 cross join lateral (
    select t.id, t.order_id, t.payment_type, t.provider, t.status, t.amount, t.captured_amount, t.refunded_amount,
           t.disputed_amount, t.currency_code, t.failure_code, t.authorized_at, t.succeeded_at, t.expires_at,
           t.verified_at, t.version, t.created_at
      from api.payment as t
     where t.tenant_id = :tenantId! and t.id = m.payment_id
    offset 0
  ) as t
 order by m.place;

-- How many payments of each status there are, up to 1000, with the filters of listPayments.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly PaymentStatus[]
-- @type paymentTypes readonly PaymentType[]
-- @type status PaymentStatus
/* @name countPayments :many */
select c.status as "status!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_payments(p_statuses => :statuses::text[], p_payment_types => :paymentTypes::text[], p_providers => :providers::text[], p_order_id => :orderId, p_from => :from, p_to => :to) as c;

-- The payment that a provider knows by this reference, or null. Amount in currency_code.
-- @type metadata JsonObject
/* @name findPaymentByReference :maybeOne */
select p.id, p.order_id, p.payment_type, p.status, p.amount, p.currency_code, p.metadata, p.version
  from api.payment as p
 where p.tenant_id = :tenantId! and p.provider = :provider! and p.provider_reference = :providerReference!;

-- Begins an attempt to pay an order, in its currency, of at most what is due. A repeat with the same key
-- returns the same payment. ALREADY_EXISTS while another is open, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH,
-- NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name createPayment :one */
select p.id, p.status, p.amount, p.currency_code, p.expires_at, p.version
  from api.create_payment(
    :orderId!, :paymentType!, :provider!, :amount!, :idempotencyKey!, :savedPaymentMethodId, :providerReference
  ) as p
 where p.tenant_id = :tenantId!;

-- Attaches the picture of a bank transfer to an open payment, as a private file.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
/* @name attachPaymentProof :one */
select p.id, p.status, p.proof_asset_id as "proof_asset_id!", p.version
  from api.attach_payment_proof(:paymentId!, :fileName!, :url!, :expectedVersion!) as p
 where p.tenant_id = :tenantId!;

-- Records whether the money of a bank transfer or of cash has arrived; the person who uploaded the proof may not.
-- FORBIDDEN, INVALID_TRANSITION, NOT_FOUND, VERSION_CONFLICT, INVALID_AMOUNT, INVALID_INPUT.
/* @name verifyManualPayment :one */
select p.id, p.status, p.verified_at, p.version
  from api.verify_manual_payment(:paymentId!, :isReceived!, :reason, :expectedVersion!, :amount) as p
 where p.tenant_id = :tenantId!;

-- For webhooks, as worker: records what a provider reports about a payment; the tenant is found by the reference. It is
-- recorded whatever the state of the payment and its order, once for each event. Returns a row for each order that the
-- payment covers. NOT_FOUND for an unknown tenantId, INVALID_AMOUNT for a value that is not an amount, INVALID_INPUT.
-- @doc status requires_action, authorized, succeeded or captured, failed, expired, cancelled, refunded, disputed, dispute_won or dispute_lost.
-- @doc tenantId The merchant whose webhook it is, where its address names one: two merchants may have the same reference.
-- @doc amount The amount, where the provider reports one; without an event's id, the total received so far.
-- @doc currencyCode Its currency, where the provider reports one; otherwise the payment's.
-- @doc providerEventId The provider's id of the event or, for refunded, of the refund.
-- @doc outcome counted, short, overpaid, refund_opened, unallocated, recorded, repeated, or waiting (the reference is unknown: the ids are null).
/* @name recordPaymentResult :many */
select r.tenant_id, r.payment_id, r.order_id, r.status, r.outcome as "outcome!"
  from internal.record_payment_result(
    :provider!, :providerReference!, :status!, :failureCode, :failureMessage, :amount,
    coalesce(:occurredAt::timestamptz, now()), :tenantId, :currencyCode, :providerEventId
  ) as r;

-- As worker: sets the provider's reference of a payment once it is known, and counts what was reported under it before.
-- ALREADY_EXISTS, IMMUTABLE, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name setPaymentReference :one */
select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.set_payment_reference(:paymentId!, :providerReference!) as p
 where p.tenant_id = :tenantId!;

-- Begins one payment at a provider for several orders of a customer: an attempt for each, with one reference. Amounts
-- in currency_code. ALREADY_EXISTS, INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name payOrders :many */
select p.id, p.order_id, p.status, p.amount, p.currency_code, p.version
  from api.pay_orders(:orderIds!, :paymentType!, :provider!, :idempotencyKey!) as p
 where p.tenant_id = :tenantId!;

-- Gives up an open payment, so that the order can be paid in another way.
-- INVALID_TRANSITION, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT.
/* @name leavePayment :one */
select p.id, p.status, p.version
  from api.leave_payment(:paymentId!, :expectedVersion!) as p
 where p.tenant_id = :tenantId!;

-- As worker: payments that the worker must ask the provider to cancel, the longest waiting first. recordPaymentResult
-- records the provider's answer.
/* @name listPaymentsToCancel :many */
select p.id, p.provider, p.provider_reference, p.cancel_requested_at as "cancel_requested_at!"
  from api.payment as p
 where p.tenant_id = :tenantId! and p.cancel_requested_at is not null
 order by p.cancel_requested_at, p.id
 limit :first!;

-- Corrects what was received with a payment, where what is recorded is wrong.
-- INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_INPUT.
/* @name correctPayment :one */
select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.correct_payment(:paymentId!, :capturedAmount!, :reason!, :expectedVersion!) as p
 where p.tenant_id = :tenantId!;

-- Records what staff have read at the provider about a payment for which no webhook came. A webhook with the same
-- amount, or with the same providerEventId, is the same fact. INVALID_AMOUNT, FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
-- INVALID_INPUT.
-- @type kind 'disputed' | 'dispute_won' | 'dispute_lost' | 'refunded' | 'refund_failed'
/* @name reportPayment :one */
select p.id, p.status, p.captured_amount, p.refunded_amount, p.disputed_amount, p.currency_code, p.version
  from api.report_payment(:paymentId!, :kind!, :amount!, :reason!, :expectedVersion!, :providerEventId) as p
 where p.tenant_id = :tenantId!;

-- Writes off as a loss what was paid back for an order beyond what it received; returns the order's balance. Amounts in
-- currency_code.
-- INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @type payment_status OrderPaymentStatus
/* @name writeOffLoss :one */
select o.id, o.payment_status, o.paid_amount, o.refunded_amount, o.due_amount, o.currency_code
  from api.write_off_loss(:orderId!, :amount!, :reason!, :idempotencyKey!, :currencyCode) as o
 where o.tenant_id = :tenantId!;

-- Uses money of a payment for another order of the same customer; returns the order's balance. Amounts in
-- currency_code.
-- INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @type payment_status OrderPaymentStatus
/* @name allocateMoney :one */
select o.id, o.payment_status, o.paid_amount, o.due_amount, o.currency_code
  from api.allocate_money(
    :paymentId!, :orderId!, :amount!, :reason!, :idempotencyKey!, :fromOrderId, :currencyCode
  ) as o
 where o.tenant_id = :tenantId!;

-- What happened to a payment at the provider or at the till, the newest first, in pages. Amounts in currency_code.
-- @type kind PaymentEventKind
/* @name listPaymentEvents :many */
select e.id, e.kind, e.source, e.amount, e.currency_code, e.occurred_at, e.note, e.created_at, e.id as "cursor!"
  from api.payment_event as e
 where e.tenant_id = :tenantId! and e.payment_id = :paymentId! and (:after::uuid is null or e.id < :after)
 order by e.id desc
 limit :first!;

-- Money that staff have to decide about, the longest waiting first. Amounts in currency_code. FORBIDDEN.
-- @type kind 'unallocated' | 'overpaid' | 'lost' | 'refund_failed' | 'unknown_reference'
/* @name listMoneyToSettle :many */
select m.id as "id!", m.kind as "kind!", m.order_id, m.payment_id, m.currency_code, m.amount, m.since as "since!"
  from api.money_to_settle() as m;

-- Counts money that came with an unknown reference towards an order. FORBIDDEN, NOT_FOUND, INVALID_TRANSITION,
-- INVALID_INPUT.
/* @name assignInboundEvent :one */
select p.id, p.status, p.captured_amount, p.currency_code, p.version
  from api.assign_inbound_event(:inboundEventId!, :orderId!, :paymentType!) as p
 where p.tenant_id = :tenantId!;

-- Records that staff have paid back money that came with an unknown reference. FORBIDDEN, NOT_FOUND,
-- INVALID_TRANSITION, INVALID_INPUT.
-- @type status InboundStatus
/* @name returnInboundEvent :one */
select e.id, e.status
  from api.return_inbound_event(:inboundEventId!, :note!) as e
 where e.tenant_id = :tenantId!;

-- Pays an order, or a part of it, with the store credit of its customer. Amount in currency_code.
-- INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name spendCredit :one */
select p.id, p.status, p.amount, p.currency_code, p.version
  from api.spend_credit(:orderId!, :amount!, :idempotencyKey!) as p
 where p.tenant_id = :tenantId!;

-- Gives a customer store credit out of goodwill.
-- INVALID_AMOUNT, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name grantCredit :one */
select c.id, c.amount, c.currency_code, c.expires_at
  from api.grant_credit(:customerId!, :amount!, :currencyCode!, :reason!, :idempotencyKey!) as c
 where c.tenant_id = :tenantId!;

-- Takes back what is left of a grant of store credit; the money of a refund belongs to its order again.
-- INVALID_AMOUNT when nothing is left, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name withdrawCredit :one */
select c.id, c.amount, c.currency_code
  from api.withdraw_credit(:creditId!, :reason!) as c
 where c.tenant_id = :tenantId!;

-- A customer's store credit: granted, spent, given back, withdrawn and expired, the newest first, in pages; also for
-- the customer. Amounts in currency_code.
-- @type kind CreditKind
/* @name listCustomerCredit :many */
select c.id, c.kind, c.amount, c.currency_code, c.expires_at, c.reason, c.created_at, c.id as "cursor!"
  from api.customer_credit as c
 where c.tenant_id = :tenantId! and c.customer_id = :customerId! and (:after::uuid is null or c.id < :after)
 order by c.id desc
 limit :first!;
