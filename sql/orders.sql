-- The order board: orders of one status, newest first, in pages: pass the last row's cursor to go on.
/* @name listOrders */
select o.id, o.order_number, o.seller_id, o.customer_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.total_amount, o.buyer_name, o.placed_at, o.version, o.created_at,
       o.id || ' ' || o.created_at as "cursor!"
  from api.orders as o
 where o.tenant_id = :tenantId!
   and o.status = :status!
   and (:after::text is null
     or (o.created_at, o.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))
 order by o.created_at desc, o.id desc
 limit :first!;

-- The orders of one buyer, newest first, in pages as listOrders.
/* @name listCustomerOrders */
select o.id, o.order_number, o.seller_id, o.channel, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.placed_at, o.version, o.created_at,
       o.id || ' ' || o.created_at as "cursor!"
  from api.orders as o
 where o.tenant_id = :tenantId!
   and o.customer_id = :customerId!
   and (:after::text is null
     or (o.created_at, o.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))
 order by o.created_at desc, o.id desc
 limit :first!;

-- "Where is my order?": the latest orders placed under a telephone number (E.164).
/* @name findOrdersByPhone */
select o.id, o.order_number, o.status, o.payment_status, o.fulfillment_status, o.currency_code, o.total_amount,
       o.placed_at, o.created_at
  from api.orders as o
 where o.tenant_id = :tenantId! and o.buyer_phone = :phoneNumber!
 order by o.created_at desc, o.id desc
 limit :first!;

-- One order by the number that people use, or no row.
/* @name getOrderByNumber */
select o.id, o.order_number as "order_number!", o.customer_id, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.version, o.placed_at, o.created_at
  from api.orders as o
 where o.tenant_id = :tenantId! and o.order_number = :orderNumber!;

-- One order with its lines: a row a line, in their order; an order without lines is one row whose item
-- columns are NULL. No row: not found.
/* @name getOrderWithItems */
select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.shipping_amount,
       o.tax_amount, o.total_amount, o.paid_amount, o.buyer_name, o.buyer_phone, o.buyer_note, o.placed_at,
       o.version, o.created_at, i.id as "item_id?", i.line_number as "line_number?",
       i.product_id as "item_product_id?", i.product_name as "product_name?", i.sku as "sku?",
       i.quantity as "quantity?", i.unit_price as "unit_price?", i.subtotal as "subtotal?"
  from api.orders as o
  left join api.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id
 where o.tenant_id = :tenantId! and o.id = :orderId!
 order by i.line_number;

-- The open basket of a customer with one seller on one channel, or of a thread's customer; the same one
-- while it is a draft. NOT_FOUND, FORBIDDEN, INVALID_INPUT.
/* @name startOrder */
select o.id as "id!", o.status as "status!", o.currency_code as "currency_code!", o.version as "version!"
  from api.start_order(:sellerId!, :channel, :customerId, :threadId) as o
 where o.tenant_id = :tenantId!;

-- Sets how many units of a product a draft holds, at the product's price.
-- IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, INVALID_INPUT.
/* @name setOrderLine */
select o.id as "id!", o.total_amount as "total_amount!", o.version as "version!"
  from api.set_order_line(
    :orderId!, :productId!, :quantity!, :expectedVersion!, coalesce(:metadata::jsonb, '{}')
  ) as o
 where o.tenant_id = :tenantId!;

-- Takes a product out of a draft. IMMUTABLE, VERSION_CONFLICT, NOT_FOUND.
/* @name removeOrderLine */
select o.id as "id!", o.total_amount as "total_amount!", o.version as "version!"
  from api.remove_order_line(:orderId!, :productId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Places a draft: takes the stock, gives the number, copies addresses. A repeat with the same key returns
-- the same order. OUT_OF_STOCK with every short line, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
-- INVALID_INPUT, NOT_FOUND.
/* @name placeOrder */
select o.id as "id!", o.order_number as "order_number!", o.status as "status!", o.currency_code as "currency_code!",
       o.total_amount as "total_amount!", o.version as "version!"
  from api.place_order(
    p_idempotency_key => :idempotencyKey!, p_order_id => :orderId!, p_expected_version => :expectedVersion!,
    p_addresses => coalesce(:addresses::jsonb, '[]'), p_channel_data => coalesce(:channelData::jsonb, '{}'),
    p_buyer_note => :buyerNote
  ) as o
 where o.tenant_id = :tenantId!;

-- Orders lines [{"product_id", "quantity", "metadata"}] at once; one order a seller comes back. As placeOrder.
/* @name placeOrderOfLines */
select o.id as "id!", o.order_number as "order_number!", o.seller_id as "seller_id!", o.status as "status!",
       o.currency_code as "currency_code!", o.total_amount as "total_amount!", o.version as "version!"
  from api.place_order(
    p_idempotency_key => :idempotencyKey!, p_lines => :lines!::jsonb, p_customer_id => :customerId,
    p_channel => :channel!, p_addresses => coalesce(:addresses::jsonb, '[]'),
    p_channel_data => coalesce(:channelData::jsonb, '{}'), p_buyer_note => :buyerNote
  ) as o
 where o.tenant_id = :tenantId!;

-- Staff accept a placed order. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
/* @name confirmOrder */
select o.id as "id!", o.status as "status!", o.version as "version!"
  from api.confirm_order(:orderId!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;

-- Cancels an order and gives its stock back. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
/* @name cancelOrder */
select o.id as "id!", o.status as "status!", o.version as "version!"
  from api.cancel_order(:orderId!, :reason!, :expectedVersion!) as o
 where o.tenant_id = :tenantId!;
