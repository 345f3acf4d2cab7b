-- The parcels of one order, the oldest first, in pages; also for its buyer.
/* @name listFulfillments :many */
select f.id, f.method, f.status, f.carrier, f.tracking_number, f.tracking_url, f.shipped_at, f.delivered_at, f.version,
       f.created_at, f.id as "cursor!"
  from api.fulfillment as f
 where f.tenant_id = :tenantId! and f.order_id = :orderId! and (:after::uuid is null or f.id > :after)
 order by f.id
 limit :first!;

-- One parcel with what is in it: a row for each line, by the order's line number; also for its buyer. No row: not
-- found.
/* @name getFulfillmentWithItems :many */
select f.id, f.order_id, f.method, f.status, f.carrier, f.tracking_number, f.tracking_url, f.shipped_at,
       f.delivered_at, f.version, f.created_at, l.order_item_id, i.product_id, i.product_name, l.quantity
  from api.fulfillment as f
  join api.fulfillment_item as l on l.tenant_id = f.tenant_id and l.fulfillment_id = f.id
  join api.order_items as i on i.tenant_id = l.tenant_id and i.id = l.order_item_id
 where f.tenant_id = :tenantId! and f.id = :fulfillmentId!
 order by i.line_number;

-- Packs a parcel of an order that the shop works on: some units of its lines, or all that are in no parcel yet.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
-- @json lines readonly PackedLine[]
/* @name packOrder :one */
select f.id, f.method, f.status, f.version
  from api.pack_order(:orderId!, :expectedVersion!, :lines::jsonb, coalesce(:method, 'shipping')) as f
 where f.tenant_id = :tenantId!;

-- Gives a packed parcel to a carrier. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name shipFulfillment :one */
select f.id, f.status, f.shipped_at as "shipped_at!", f.version
  from api.ship_fulfillment(:fulfillmentId!, :carrier!, :trackingNumber, :expectedVersion!, :trackingUrl) as f
 where f.tenant_id = :tenantId!;

-- Records that a packed parcel is ready for its buyer to collect. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
-- INVALID_TRANSITION, INVALID_INPUT.
/* @name readyFulfillment :one */
select f.id, f.status, f.version
  from api.ready_fulfillment(:fulfillmentId!, :expectedVersion!) as f
 where f.tenant_id = :tenantId!;

-- Records that the buyer has collected a parcel. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name collectFulfillment :one */
select f.id, f.status, f.delivered_at as "delivered_at!", f.version
  from api.collect_fulfillment(:fulfillmentId!, :expectedVersion!) as f
 where f.tenant_id = :tenantId!;

-- Records that a parcel has reached its buyer, or that digital goods have been sent to them. FORBIDDEN, NOT_FOUND,
-- VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name deliverFulfillment :one */
select f.id, f.status, f.delivered_at as "delivered_at!", f.version
  from api.deliver_fulfillment(:fulfillmentId!, :expectedVersion!) as f
 where f.tenant_id = :tenantId!;

-- Records that a parcel does not arrive: it was refused, returned to the shop, or lost. Staff name what goes back on
-- the shelf; the order's worth falls by the parcel's contents. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
-- INVALID_TRANSITION, INVALID_INPUT.
-- @type status 'refused' | 'returned' | 'lost'
-- @json lines readonly RestockedLine[]
/* @name failFulfillment :one */
select f.id, f.version
  from api.fail_fulfillment(:fulfillmentId!, :status!, :expectedVersion!, coalesce(:lines::jsonb, '[]')) as f
 where f.tenant_id = :tenantId!;

-- Unpacks a parcel that has not left. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION.
/* @name cancelFulfillment :one */
select f.id, f.status, f.version
  from api.cancel_fulfillment(:fulfillmentId!, :expectedVersion!) as f
 where f.tenant_id = :tenantId!;

-- Corrects the carrier and the tracking number of a parcel that was shipped. FORBIDDEN, NOT_FOUND, VERSION_CONFLICT,
-- IMMUTABLE, INVALID_INPUT.
/* @name correctTracking :one */
select f.id, f.carrier as "carrier!", f.tracking_number, f.tracking_url, f.version
  from api.correct_tracking(:fulfillmentId!, :carrier!, :trackingNumber, :expectedVersion!, :trackingUrl) as f
 where f.tenant_id = :tenantId!;
