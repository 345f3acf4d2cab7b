-- The order board: orders that fit all filters given, the latest placed first, in pages. Days (YYYY-MM-DD) are the
-- shop's; term is a part of the number, or of the buyer's name or telephone number, of at least 3 characters.
-- Sellers get what they sell, buyers their own. Amounts in currency_code. FORBIDDEN, INVALID_INPUT.
-- @type statuses readonly OrderStatus[]
-- @type paymentStatus OrderPaymentStatus
-- @type channel ChannelType
/* @name listOrders :many */
select o.*, json_build_array(m.listed_at, m.order_id) as "cursor!"
  from api.list_orders(
    :statuses::text[], :paymentStatus, :from, :to, :sellerId, :channel, :customerId, :term, least(:first!::bigint, 2147483647)::integer,
    (:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid
  ) as m
 cross join lateral (
    select o.id, o.order_number, o.seller_id, o.customer_id, o.channel, o.status, o.payment_status,
           o.fulfillment_status, o.currency_code, o.total_amount, o.due_amount, o.buyer_name, o.placed_at,
           o.version, o.listed_at, o.created_at
      from api.orders as o
     where o.tenant_id = :tenantId! and o.id = m.order_id
    offset 0
  ) as o
 order by m.listed_at desc, m.order_id desc;

-- How many orders of each status there are, for the tabs of a board, with the filters of listOrders; 1000 stands for
-- that many or more. FORBIDDEN, INVALID_INPUT.
-- @type statuses readonly OrderStatus[]
-- @type paymentStatus OrderPaymentStatus
-- @type channel ChannelType
-- @type status OrderStatus
/* @name countOrders :many */
select c.status as "status!", c.order_count as "order_count!"
  from api.count_orders(
    :statuses::text[], :paymentStatus, :from, :to, :sellerId, :channel, :customerId, :term
  ) as c;

-- The orders of one buyer, the newest first, in pages; also for the buyer. Amounts in currency_code.
/* @name listCustomerOrders :many */
select o.id, o.order_number, o.seller_id, o.channel, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.placed_at, o.version, o.listed_at, o.created_at,
       json_build_array(o.listed_at, o.id) as "cursor!"
  from api.orders as o
 where o.tenant_id = :tenantId!
   and o.customer_id = :customerId!
   and (:after::jsonb is null
     or (o.listed_at, o.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by o.listed_at desc, o.id desc
 limit :first!;

-- "Where is my order?": orders placed under a telephone number (E.164), the newest first, in pages. Amounts in
-- currency_code.
-- @doc phoneNumber The telephone number given with the order, in E.164 form.
/* @name findOrdersByPhone :many */
select o.id, o.order_number, o.status, o.payment_status, o.fulfillment_status, o.currency_code, o.total_amount,
       o.placed_at, o.listed_at, o.created_at, json_build_array(o.listed_at, o.id) as "cursor!"
  from api.orders as o
 where o.tenant_id = :tenantId!
   and o.buyer_phone = :phoneNumber!
   and (:after::jsonb is null
     or (o.listed_at, o.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by o.listed_at desc, o.id desc
 limit :first!;

-- One order by the number that people use, or null. Amounts in currency_code.
/* @name getOrderByNumber :maybeOne */
select o.id, o.order_number as "order_number!", o.customer_id, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.version, o.placed_at, o.created_at
  from api.orders as o
 where o.tenant_id = :tenantId! and o.order_number = :orderNumber!;

-- One order for staff, or null. Amounts in currency_code.
-- @type metadata OrderMetadata
/* @name getOrder :maybeOne */
select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.discount_code, o.shipping_amount,
       o.fee_amount, o.tax_amount, o.shipping_tax_amount, o.fee_tax_amount, o.prices_include_tax, o.total_amount, o.worth_amount, o.paid_amount, o.refunded_amount, o.due_amount, o.buyer_name, o.buyer_phone, o.buyer_email,
       o.buyer_note, o.carrier, o.tracking_number, o.cancellation_reason, o.metadata, o.placed_at, o.confirmed_at,
       o.shipped_at, o.delivered_at, o.cancelled_at, o.returned_at, o.version, o.created_at, o.updated_at
  from api.orders as o
 where o.tenant_id = :tenantId! and o.id = :orderId!;

-- One order with its lines: a row for each line, in their order; an order without lines is one row whose item
-- columns are NULL. No row: not found. Also for its buyer. Amounts in currency_code.
/* @name getOrderWithItems :many */
select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.discount_code, o.shipping_amount,
       o.fee_amount, o.tax_amount, o.shipping_tax_amount, o.fee_tax_amount, o.prices_include_tax, o.total_amount, o.paid_amount, o.due_amount, o.buyer_name, o.buyer_phone, o.buyer_note, o.placed_at,
       o.version, o.created_at, i.id as "item_id?", i.line_number as "line_number?",
       i.product_id as "item_product_id?", i.product_name as "product_name?", i.sku as "sku?",
       i.quantity as "quantity?", i.unit_price as "unit_price?", i.subtotal as "subtotal?",
       i.discount_amount as "item_discount_amount?", i.tax_rate as "item_tax_rate?", i.tax_amount as "item_tax_amount?",
       i.returned_quantity as "returned_quantity?", i.metadata as "item_metadata?"
  from api.orders as o
  left join api.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id
 where o.tenant_id = :tenantId! and o.id = :orderId!
 order by i.line_number;

-- The shipping and billing addresses of an order, as they were when it was placed: at most one of each kind.
-- @type kind AddressKind
/* @name listOrderAddresses :many */
select a.id, a.kind, a.recipient_name, a.phone_number, a.street_address, a.apartment, a.landmark, a.city, a.state,
       a.postal_code, a.country, a.delivery_note, a.latitude, a.longitude, a.source_address_id
  from api.order_address as a
 where a.tenant_id = :tenantId! and a.order_id = :orderId!
 order by a.kind desc;

-- How an order came about in its channel, or null.
/* @name getOrderChannelMeta :maybeOne */
select m.channel_type, m.channel_id, m.conversation_history_id, m.external_order_id, m.channel_data, m.created_at
  from api.order_channel_meta as m
 where m.tenant_id = :tenantId! and m.order_id = :orderId!;

-- What happened to an order, by time: changes of status (detail: the status before), payments, refunds, returns
-- and messages, as far as the caller may see them. NOT_FOUND.
-- @type kind 'status' | 'payment_status' | 'fulfillment_status' | 'lines' | 'address' | 'tracking' | 'fulfillment' | 'payment' | 'refund' | 'return' | 'message'
-- @type status string
/* @name getOrderTimeline :many */
select t.occurred_at as "occurred_at!", t.kind as "kind!", t.record_id as "record_id!", t.status as "status!", t.detail
  from api.order_timeline((select o.id from api.orders as o where o.tenant_id = :tenantId! and o.id = :orderId!)) as t;

-- The basket of this chat, or null.
/* @name findBasket :maybeOne */
select o.id, o.currency_code, o.total_amount, o.version, o.created_at
  from api.orders as o
 where o.tenant_id = :tenantId!
   and o.customer_id = :customerId!
   and o.channel = :channel!
   and o.seller_id = :sellerId!
   and o.status = 'draft'
   and o.placed_at is null;

-- The open basket of a customer with one seller on one channel, or of a thread's customer; the same one
-- while it is a draft. NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name startOrder :one */
select o.id, o.status, o.currency_code, o.version
  from api.start_order(:sellerId!, :channel, :customerId, :threadId) as o
 where o.tenant_id = :tenantId!;

-- Sets how many units of a product with some options a draft holds, at the product's price; other options are
-- another line.
-- IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, INVALID_INPUT.
/* @name setOrderLine :one */
select o.id, o.total_amount, o.version
  from api.set_order_line(
    :orderId!, :productId!, :quantity!, :expectedVersion!, coalesce(:metadata::jsonb, '{}')
  ) as o
 where o.tenant_id = :tenantId!;

-- Takes a product out of a draft: every line of it, or the one with the options in metadata.
-- IMMUTABLE, VERSION_CONFLICT, NOT_FOUND.
/* @name removeOrderLine :one */
select o.id, o.total_amount, o.version
  from api.remove_order_line(:orderId!, :productId!, :expectedVersion!, :metadata::jsonb) as o
 where o.tenant_id = :tenantId!;

-- Puts today's prices, tax rates and names into the lines of a draft, so that its buyer sees them.
-- IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
/* @name refreshBasket :one */
select o.id, o.subtotal_amount, o.discount_amount, o.tax_amount, o.total_amount, o.version
  from api.refresh_basket(:orderId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Sets shipping and discount of a draft or pending order, with a reason. The discount is an amount in the order's
-- currency, or a rate (0.1 is 10 %); without either it stays as it was.
-- INVALID_AMOUNT, IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name setOrderCharges :one */
select o.id, o.shipping_amount, o.discount_amount, o.tax_amount, o.total_amount, o.version
  from api.set_order_charges(
    :orderId!, :shippingAmount!, :discountAmount, :reason!, :expectedVersion!, :discountRate
  ) as o
 where o.tenant_id = :tenantId!;

-- The fees of an order, by kind; also for its buyer. Amounts in currency_code.
-- @type kind ChargeKind
/* @name listOrderFees :many */
select c.id, c.kind, c.amount, c.tax_rate, c.tax_amount, c.currency_code
  from api.order_charge as c
 where c.tenant_id = :tenantId! and c.order_id = :orderId!
 order by c.kind;

-- Sets one fee of a draft or pending order in the place of the one of this kind; 0 takes it off.
-- INVALID_AMOUNT, IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @type kind ChargeKind
/* @name setOrderFee :one */
select o.id, o.fee_amount, o.fee_tax_amount, o.total_amount, o.version
  from api.set_order_fee(:orderId!, :kind!, :amount!, :taxRate!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Puts a discount code on a draft, or takes it off (null). DISCOUNT_REFUSED with the reason, NOT_FOUND, IMMUTABLE,
-- VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
/* @name setDiscountCode :one */
select o.id, o.discount_code, o.discount_amount, o.total_amount, o.version
  from api.set_discount_code(:orderId!, :code, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Places a draft: takes the stock, gives the number, copies addresses. A repeat with the same key returns
-- the same order. OUT_OF_STOCK with every short line, PRICE_CHANGED with every line whose price is not the one it shows
-- and where the total is not the one that was read, DISCOUNT_REFUSED, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
-- INVALID_INPUT, INVALID_TRANSITION, LIMIT_REACHED, FORBIDDEN, NOT_FOUND.
-- @json addresses readonly NewOrderAddress[]
-- @json expectedTotals readonly OrderTotal[]
/* @name placeOrder :one */
select o.id, o.order_number as "order_number!", o.status, o.currency_code, o.total_amount, o.version
  from api.place_order(
    p_idempotency_key => :idempotencyKey!, p_order_id => :orderId!, p_expected_version => :expectedVersion!,
    p_addresses => coalesce(:addresses::jsonb, '[]'), p_channel_data => coalesce(:channelData::jsonb, '{}'),
    p_buyer_note => :buyerNote, p_expected_totals => :expectedTotals!::jsonb
  ) as o
 where o.tenant_id = :tenantId!;

-- Orders lines without a draft; returns one order for each seller, by number. A repeat with the same key returns the
-- same orders. OUT_OF_STOCK with every short line, PRICE_CHANGED with every line whose price is not the one it names
-- and, where the totals are not the ones that were read, with every line; DISCOUNT_REFUSED, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
-- INVALID_INPUT, INVALID_TRANSITION, LIMIT_REACHED, FORBIDDEN, NOT_FOUND.
-- @json lines readonly NewOrderLine[]
-- @json addresses readonly NewOrderAddress[]
-- @json expectedTotals readonly OrderTotal[]
/* @name placeOrderOfLines :many */
select o.id, o.order_number as "order_number!", o.seller_id, o.status, o.currency_code, o.total_amount, o.version
  from api.place_order(
    p_idempotency_key => :idempotencyKey!, p_lines => :lines!::jsonb, p_customer_id => :customerId,
    p_channel => :channel!, p_addresses => coalesce(:addresses::jsonb, '[]'),
    p_channel_data => coalesce(:channelData::jsonb, '{}'), p_buyer_note => :buyerNote,
    p_expected_totals => :expectedTotals!::jsonb, p_discount_code => :discountCode
  ) as o
 where o.tenant_id = :tenantId!;

-- Confirms a placed order, for staff. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
/* @name confirmOrder :one */
select o.id, o.status, o.version
  from api.confirm_order(:orderId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Records that staff have begun to work on a confirmed order. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND,
-- FORBIDDEN.
/* @name startProcessing :one */
select o.id, o.status, o.version
  from api.start_processing(:orderId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Gives an order to a carrier. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name shipOrder :one */
select o.id, o.status, o.shipped_at, o.version
  from api.ship_order(:orderId!, :carrier!, :trackingNumber, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Records that an order has reached its buyer. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
/* @name deliverOrder :one */
select o.id, o.status, o.delivered_at, o.version
  from api.deliver_order(:orderId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Corrects the lines of a placed order: other quantities at the prices that were agreed (0 takes a line out), and new
-- lines at today's. IMMUTABLE, OUT_OF_STOCK, PRICE_CHANGED, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @json lines readonly CorrectedLine[]
-- @json newLines readonly NewOrderLine[]
-- @type payment_status OrderPaymentStatus
/* @name correctOrderLines :one */
select o.id, o.total_amount, o.due_amount, o.currency_code, o.payment_status, o.version
  from api.correct_order_lines(:orderId!, :reason!, :expectedVersion!, coalesce(:lines::jsonb, '[]'), coalesce(:newLines::jsonb, '[]')) as o
 where o.tenant_id = :tenantId!;

-- Corrects the shipping or billing address of a placed order. IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN,
-- INVALID_INPUT.
-- @json addresses readonly NewOrderAddress[]
/* @name correctOrderAddress :one */
select o.id, o.version
  from api.correct_order_address(:orderId!, :addresses!::jsonb, :reason!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Cancels an order of which nothing has left, and gives its stock back; what was paid is to be refunded.
-- INVALID_TRANSITION, IMMUTABLE, VERSION_CONFLICT, INVALID_INPUT, NOT_FOUND, FORBIDDEN.
/* @name cancelOrder :one */
select o.id, o.status, o.version
  from api.cancel_order(:orderId!, :reason!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Replaces the merchant's own fields of an order. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
-- @type metadata OrderMetadata
/* @name setOrderMetadata :one */
update api.orders as o
   set metadata = :metadata!::jsonb,
       version = :expectedVersion!
 where o.tenant_id = :tenantId! and o.id = :orderId!
returning o.id, o.version;

-- Marks an order deleted; restoreRecord brings it back. Null: not found, or changed since it was read.
-- HAS_DEPENDENTS, FORBIDDEN.
/* @name deleteOrder :maybeOne */
delete from api.orders as o
 where o.tenant_id = :tenantId! and o.id = :orderId! and o.version = :expectedVersion!
returning o.id;

-- Sales of the merchant's own days from one to another (YYYY-MM-DD, both included, at most 366 apart), by day,
-- channel and currency; drafts and cancelled orders do not count. FORBIDDEN, INVALID_INPUT.
/* @name listSalesDaily :many */
select s.day as "day!", s.channel as "channel!", s.currency_code as "currency_code!", s.order_count as "order_count!",
       s.unit_count as "unit_count!", s.gross_amount as "gross_amount!", s.discount_amount as "discount_amount!",
       s.shipping_amount as "shipping_amount!", s.fee_amount as "fee_amount!", s.tax_amount as "tax_amount!",
       s.included_tax_amount as "included_tax_amount!",
       s.adjustment_amount as "adjustment_amount!", s.returned_amount as "returned_amount!",
       s.refunded_amount as "refunded_amount!", s.net_amount as "net_amount!"
  from api.sales_daily(:from!, :to!) as s;

-- Takes something off the price of a placed order (a negative amount), or adds a fee to it; returns the order's
-- balance. INVALID_AMOUNT, IMMUTABLE, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
-- @type payment_status OrderPaymentStatus
/* @name adjustOrder :one */
select o.id, o.payment_status, o.worth_amount, o.due_amount, o.currency_code
  from api.adjust_order(:orderId!, :amount!, :part!, :reason!, :idempotencyKey!) as o
 where o.tenant_id = :tenantId!;
