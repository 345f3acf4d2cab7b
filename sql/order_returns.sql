-- Returns that fit all filters given, the newest first, in pages; a buyer's are those of their own orders. Amounts in
-- currency_code.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ReturnStatus[]
-- @type reasons readonly ReturnReason[]
-- @type order 'newest' | 'oldest'
/* @name listReturns :many */
select t.*, m.cursor as "cursor!"
  from api.list_returns(
    p_statuses => :statuses::text[], p_reasons => :reasons::text[], p_order_id => :orderId,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (order_return_id, cursor, place)
 cross join lateral (
    select t.id, t.return_number, t.order_id, t.status, t.reason, t.description, t.refund_amount, t.currency_code,
           t.rejection_reason, t.exchange_order_id, t.return_tracking_number, t.version, t.created_at
      from api.order_returns as t
     where t.tenant_id = :tenantId! and t.id = m.order_return_id
    offset 0
  ) as t
 order by m.place;

-- How many returns of each status there are, up to 1000, with the filters of listReturns.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ReturnStatus[]
-- @type reasons readonly ReturnReason[]
-- @type status ReturnStatus
/* @name countReturns :many */
select c.status as "status!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_returns(p_statuses => :statuses::text[], p_reasons => :reasons::text[], p_order_id => :orderId, p_from => :from, p_to => :to) as c;

-- One return with its lines: a row for each line, by the order's line number; also for its buyer. No row: not found.
-- Amounts in currency_code.
-- @type item_reason ReturnReason
/* @name getReturnWithItems :many */
select r.id, r.return_number, r.order_id, r.status, r.reason, r.description, r.rejection_reason, r.refund_amount,
       r.refund_method, r.exchange_order_id, r.currency_code, r.return_tracking_number, r.version, r.created_at, i.id as item_id,
       i.order_item_id, o.product_id, o.product_name, i.quantity, i.accepted_quantity, i.restocked_quantity,
       i.reason as item_reason, i.condition, i.customer_note, i.refund_amount as item_refund_amount
  from api.order_returns as r
  join api.order_return_items as i on i.tenant_id = r.tenant_id and i.order_return_id = r.id
  join api.order_items as o on o.tenant_id = i.tenant_id and o.id = i.order_item_id
 where r.tenant_id = :tenantId! and r.id = :returnId!
 order by o.line_number;

-- Asks to send goods of a delivered order back. A repeat with the same key returns the same return.
-- RETURN_NOT_ALLOWED, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @json lines readonly NewReturnLine[]
/* @name requestReturn :one */
select r.id, r.return_number, r.status, r.version
  from api.request_return(:orderId!, :lines!::jsonb, :reason!, :idempotencyKey!, :description) as r
 where r.tenant_id = :tenantId!;

-- Approves a return, for the shop. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name approveReturn :one */
select r.id, r.status, r.version
  from api.approve_return(:returnId!, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Refuses a return, for the shop. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name rejectReturn :one */
select r.id, r.status, r.version
  from api.reject_return(:returnId!, :rejectionReason!, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Records that the goods are on their way back. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION,
-- INVALID_INPUT.
/* @name shipReturn :one */
select r.id, r.status, r.version
  from api.ship_return(:returnId!, :trackingNumber, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Records that the goods have arrived, and how much of each line is accepted and goes back on sale. Sets the amount to
-- refund, in currency_code. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @json lines readonly ReceivedReturnLine[]
/* @name receiveReturn :one */
select r.id, r.status, r.refund_amount, r.currency_code, r.version
  from api.receive_return(:returnId!, :lines!::jsonb, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Names the order that the buyer gets in exchange for the returned goods, and pays it with what was paid too much for
-- the returned order; a further call pays with what has been added to that since. FORBIDDEN, NOT_FOUND,
-- VERSION_CONFLICT, IMMUTABLE, INVALID_INPUT.
/* @name exchangeReturn :one */
select r.id, r.status, r.exchange_order_id as "exchange_order_id!", r.version
  from api.exchange_return(:returnId!, :orderId!, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Ends a return that was received or refunded. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name closeReturn :one */
select r.id, r.status, r.version
  from api.close_return(:returnId!, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;

-- Withdraws a return before the goods are on their way. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name cancelReturn :one */
select r.id, r.status, r.version
  from api.cancel_return(:returnId!, :expectedVersion!) as r
 where r.tenant_id = :tenantId!;
