// Generated from sql/orders.sql by "npm run generate"; do not edit.
import { channelTypes, chargeKinds, orderPaymentStatuses, orderStatuses, priceParts } from '../model/closed-sets.ts';
import type { AddressKind, ChannelType, ChargeKind, OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus, PricePart } from '../model/closed-sets.ts';
import type { CorrectedLine, JsonObject, NewOrderAddress, NewOrderLine, OrderMetadata, OrderTotal } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listOrders takes. */
export interface ListOrdersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** Kind of channel in which it was made. */
  channel?: ChannelType | null | undefined;
  /** Only what this customer ordered. */
  customerId?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which an order was placed, or a draft was begun, in the shop's time zone. */
  from?: string | null | undefined;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus?: OrderPaymentStatus | null | undefined;
  /** Only what this seller sells. */
  sellerId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly OrderStatus[] | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** A part of the order's number, or of the buyer's name or telephone number: at least 3 characters. */
  term?: string | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listOrders. */
export interface ListOrdersResult {
  /** The buyer's name as it was when the order was placed. */
  buyerName: string | null;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The customer who buys. */
  customerId: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was placed, or begun while it is a draft; lists are ordered by it. */
  listedAt: Date;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The order board: orders that fit all filters given, the latest placed first, in pages. Days (YYYY-MM-DD) are the
 * shop's; term is a part of the number, or of the buyer's name or telephone number, of at least 3 characters.
 * Sellers get what they sell, buyers their own. Amounts in currencyCode. FORBIDDEN, INVALID_INPUT.
 */
export const listOrders = new PagedQuery<ListOrdersParams, ListOrdersResult>('listOrders', `select o.*, json_build_array(m.listed_at, m.order_id) as "cursor"
  from api.list_orders(
    $1::text[], $2, $3, $4, $5, $6, $7, $8, least($9::bigint, 2147483647)::integer,
    ($10::jsonb ->> 0)::timestamptz, ($10::jsonb ->> 1)::uuid
  ) as m
 cross join lateral (
    select o.id, o.order_number, o.seller_id, o.customer_id, o.channel, o.status, o.payment_status,
           o.fulfillment_status, o.currency_code, o.total_amount, o.due_amount, o.buyer_name, o.placed_at,
           o.version, o.listed_at, o.created_at
      from api.orders as o
     where o.tenant_id = $11 and o.id = m.order_id
    offset 0
  ) as o
 order by m.listed_at desc, m.order_id desc`, ['statuses', 'paymentStatus', 'from', 'to', 'sellerId', 'channel', 'customerId', 'term', 'first', 'after', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], closedSets: { statuses: orderStatuses, paymentStatus: orderPaymentStatuses, channel: channelTypes }, days: ['from', 'to'] });

/** What countOrders takes. */
export interface CountOrdersParams {
  /** Kind of channel in which it was made. */
  channel?: ChannelType | null | undefined;
  /** Only what this customer ordered. */
  customerId?: string | null | undefined;
  /** The first day on which an order was placed, or a draft was begun, in the shop's time zone. */
  from?: string | null | undefined;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus?: OrderPaymentStatus | null | undefined;
  /** Only what this seller sells. */
  sellerId?: string | null | undefined;
  /** Which statuses; all when it is left out. */
  statuses?: readonly OrderStatus[] | null | undefined;
  /** A part of the order's number, or of the buyer's name or telephone number: at least 3 characters. */
  term?: string | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countOrders. */
export interface CountOrdersResult {
  /** How many; 1000 stands for 1000 or more. */
  orderCount: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
}

/**
 * How many orders of each status there are, for the tabs of a board, with the filters of listOrders; 1000 stands for
 * that many or more. FORBIDDEN, INVALID_INPUT.
 */
export const countOrders = new ManyQuery<CountOrdersParams, CountOrdersResult>('countOrders', `select c.status as "status", c.order_count as "order_count"
  from api.count_orders(
    $1::text[], $2, $3, $4, $5, $6, $7, $8
  ) as c`, ['statuses', 'paymentStatus', 'from', 'to', 'sellerId', 'channel', 'customerId', 'term'], { callers: ['member', 'buyer', 'worker'], closedSets: { statuses: orderStatuses, paymentStatus: orderPaymentStatuses, channel: channelTypes }, days: ['from', 'to'] });

/** What listCustomerOrders takes. */
export interface ListCustomerOrdersParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The customer who buys. */
  customerId: string;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listCustomerOrders. */
export interface ListCustomerOrdersResult {
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was placed, or begun while it is a draft; lists are ordered by it. */
  listedAt: Date;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The orders of one buyer, the newest first, in pages; also for the buyer. Amounts in currencyCode.
 */
export const listCustomerOrders = new PagedQuery<ListCustomerOrdersParams, ListCustomerOrdersResult>('listCustomerOrders', `select o.id, o.order_number, o.seller_id, o.channel, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.placed_at, o.version, o.listed_at, o.created_at,
       json_build_array(o.listed_at, o.id) as "cursor"
  from api.orders as o
 where o.tenant_id = $1
   and o.customer_id = $2
   and ($3::jsonb is null
     or (o.listed_at, o.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by o.listed_at desc, o.id desc
 limit $4`, ['tenantId!', 'customerId!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What findOrdersByPhone takes. */
export interface FindOrdersByPhoneParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The telephone number given with the order, in E.164 form. */
  phoneNumber: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findOrdersByPhone. */
export interface FindOrdersByPhoneResult {
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was placed, or begun while it is a draft; lists are ordered by it. */
  listedAt: Date;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
}

/**
 * "Where is my order?": orders placed under a telephone number (E.164), the newest first, in pages. Amounts in
 * currencyCode.
 */
export const findOrdersByPhone = new PagedQuery<FindOrdersByPhoneParams, FindOrdersByPhoneResult>('findOrdersByPhone', `select o.id, o.order_number, o.status, o.payment_status, o.fulfillment_status, o.currency_code, o.total_amount,
       o.placed_at, o.listed_at, o.created_at, json_build_array(o.listed_at, o.id) as "cursor"
  from api.orders as o
 where o.tenant_id = $1
   and o.buyer_phone = $2
   and ($3::jsonb is null
     or (o.listed_at, o.id) < (($3::jsonb ->> 0)::timestamptz, ($3::jsonb ->> 1)::uuid))
 order by o.listed_at desc, o.id desc
 limit $4`, ['tenantId!', 'phoneNumber!', 'after', 'first'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What getOrderByNumber takes. */
export interface GetOrderByNumberParams {
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOrderByNumber. */
export interface GetOrderByNumberResult {
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The customer who buys. */
  customerId: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One order by the number that people use, or null. Amounts in currencyCode.
 */
export const getOrderByNumber = new MaybeOneQuery<GetOrderByNumberParams, GetOrderByNumberResult>('getOrderByNumber', `select o.id, o.order_number as "order_number", o.customer_id, o.status, o.payment_status, o.fulfillment_status,
       o.currency_code, o.total_amount, o.version, o.placed_at, o.created_at
  from api.orders as o
 where o.tenant_id = $1 and o.order_number = $2`, ['tenantId!', 'orderNumber!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What getOrder takes. */
export interface GetOrderParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOrder. */
export interface GetOrderResult {
  /** The buyer's e-mail address as it was when the order was placed. */
  buyerEmail: string | null;
  /** The buyer's name as it was when the order was placed. */
  buyerName: string | null;
  /** What the buyer asks for, at most 64 KiB. */
  buyerNote: string | null;
  /** The buyer's phone number as it was when the order was placed. */
  buyerPhone: string | null;
  /** Why it was cancelled. */
  cancellationReason: string | null;
  /** When it was cancelled. */
  cancelledAt: Date | null;
  /** The company that carries the parcel. */
  carrier: string | null;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When staff confirmed it. */
  confirmedAt: Date | null;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The customer who buys. */
  customerId: string;
  /** When it reached the buyer. */
  deliveredAt: Date | null;
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** The discount code that the buyer entered. */
  discountCode: string | null;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Sum of the fees (order_charge), before tax where prices do not include it. */
  feeAmount: string;
  /** Sum of the fees' taxes. */
  feeTaxAmount: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: OrderMetadata;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** Whether its amounts contain the taxes; if not, the taxes are added to them. */
  pricesIncludeTax: boolean;
  /** What has been given back of it: refunds and lost disputes. */
  refundedAmount: string;
  /** When it came back. */
  returnedAt: Date | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** Shipping, charged for the whole order. */
  shippingAmount: string;
  /** Tax on shipping, at its rate. */
  shippingTaxAmount: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Sum of the lines' subtotals, before discount, and before tax where prices do not include it. */
  subtotalAmount: string;
  /** Sum of the lines' taxes. */
  taxAmount: string;
  /** The conversation in which it was made. */
  threadId: string | null;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** The carrier's number of the parcel. */
  trackingNumber: string | null;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** What the order is worth now: the total with its adjustments, less what came back; 0 for a draft and once cancelled. */
  worthAmount: string;
}

/**
 * One order for staff, or null. Amounts in currencyCode.
 */
export const getOrder = new MaybeOneQuery<GetOrderParams, GetOrderResult>('getOrder', `select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.discount_code, o.shipping_amount,
       o.fee_amount, o.tax_amount, o.shipping_tax_amount, o.fee_tax_amount, o.prices_include_tax, o.total_amount, o.worth_amount, o.paid_amount, o.refunded_amount, o.due_amount, o.buyer_name, o.buyer_phone, o.buyer_email,
       o.buyer_note, o.carrier, o.tracking_number, o.cancellation_reason, o.metadata, o.placed_at, o.confirmed_at,
       o.shipped_at, o.delivered_at, o.cancelled_at, o.returned_at, o.version, o.created_at, o.updated_at
  from api.orders as o
 where o.tenant_id = $1 and o.id = $2`, ['tenantId!', 'orderId!'], { callers: ['member', 'worker', 'platform'] });

/** What getOrderWithItems takes. */
export interface GetOrderWithItemsParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOrderWithItems. */
export interface GetOrderWithItemsResult {
  /** The buyer's name as it was when the order was placed. */
  buyerName: string | null;
  /** What the buyer asks for, at most 64 KiB. */
  buyerNote: string | null;
  /** The buyer's phone number as it was when the order was placed. */
  buyerPhone: string | null;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The customer who buys. */
  customerId: string;
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** The discount code that the buyer entered. */
  discountCode: string | null;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Sum of the fees (order_charge), before tax where prices do not include it. */
  feeAmount: string;
  /** Sum of the fees' taxes. */
  feeTaxAmount: string;
  /** How far it is shipped and delivered. */
  fulfillmentStatus: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** This line's part of the discount. */
  itemDiscountAmount: string | null;
  /** Identifier, ordered by time of creation. */
  itemId: string | null;
  /** Options that the buyer chose (size, engraving), a JSON object of at most 64 KiB. */
  itemMetadata: JsonObject | null;
  /** The product. */
  itemProductId: string | null;
  /** Tax on the line after its discount, at its taxRate: added to it, or contained in it where the order's prices include tax. */
  itemTaxAmount: string | null;
  /** Tax as a share of the price, copied from the product: 0.075 is 7.5 %. */
  itemTaxRate: string | null;
  /** Place within the order, from 1. */
  lineNumber: number | null;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string | null;
  /** What has been received for it so far. */
  paidAmount: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** When the buyer placed it. */
  placedAt: Date | null;
  /** Whether its amounts contain the taxes; if not, the taxes are added to them. */
  pricesIncludeTax: boolean;
  /** Name of the product, copied from it. */
  productName: string | null;
  /** Units ordered; 0 for a line that was taken out after the order was placed. */
  quantity: number | null;
  /** Units that came back, or were lost on their way. */
  returnedQuantity: number | null;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** Shipping, charged for the whole order. */
  shippingAmount: string;
  /** Tax on shipping, at its rate. */
  shippingTaxAmount: string;
  /** Article number of the product, copied from it. */
  sku: string | null;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Quantity times unit price, before discount, and before tax where prices do not include it. */
  subtotal: string | null;
  /** Sum of the lines' subtotals, before discount, and before tax where prices do not include it. */
  subtotalAmount: string;
  /** Sum of the lines' taxes. */
  taxAmount: string;
  /** The conversation in which it was made. */
  threadId: string | null;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Price of one unit, copied from the product. */
  unitPrice: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * One order with its lines: a row for each line, in their order; an order without lines is one row whose item
 * columns are NULL. No row: not found. Also for its buyer. Amounts in currencyCode.
 */
export const getOrderWithItems = new ManyQuery<GetOrderWithItemsParams, GetOrderWithItemsResult>('getOrderWithItems', `select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,
       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.discount_code, o.shipping_amount,
       o.fee_amount, o.tax_amount, o.shipping_tax_amount, o.fee_tax_amount, o.prices_include_tax, o.total_amount, o.paid_amount, o.due_amount, o.buyer_name, o.buyer_phone, o.buyer_note, o.placed_at,
       o.version, o.created_at, i.id as "item_id", i.line_number as "line_number",
       i.product_id as "item_product_id", i.product_name as "product_name", i.sku as "sku",
       i.quantity as "quantity", i.unit_price as "unit_price", i.subtotal as "subtotal",
       i.discount_amount as "item_discount_amount", i.tax_rate as "item_tax_rate", i.tax_amount as "item_tax_amount",
       i.returned_quantity as "returned_quantity", i.metadata as "item_metadata"
  from api.orders as o
  left join api.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id
 where o.tenant_id = $1 and o.id = $2
 order by i.line_number`, ['tenantId!', 'orderId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What listOrderAddresses takes. */
export interface ListOrderAddressesParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOrderAddresses. */
export interface ListOrderAddressesResult {
  /** Apartment, floor or suite. */
  apartment: string | null;
  /** City. */
  city: string;
  /** ISO 3166 code of two capitals. */
  country: string;
  /** What the buyer asks of the courier. */
  deliveryNote: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What it is for; an order has at most one of each kind. */
  kind: AddressKind;
  /** What the house is near to, where streets have no numbers. */
  landmark: string | null;
  /** Degrees north. */
  latitude: string | null;
  /** Degrees east. */
  longitude: string | null;
  /** The number that the carrier calls. */
  phoneNumber: string | null;
  /** Postal code. */
  postalCode: string | null;
  /** The person or company that receives the parcel or the invoice. */
  recipientName: string;
  /** The address book row that it was copied from; the copy outlives it. */
  sourceAddressId: string | null;
  /** State, province or region. */
  state: string | null;
  /** Street and house number. */
  streetAddress: string;
}

/**
 * The shipping and billing addresses of an order, as they were when it was placed: at most one of each kind.
 */
export const listOrderAddresses = new ManyQuery<ListOrderAddressesParams, ListOrderAddressesResult>('listOrderAddresses', `select a.id, a.kind, a.recipient_name, a.phone_number, a.street_address, a.apartment, a.landmark, a.city, a.state,
       a.postal_code, a.country, a.delivery_note, a.latitude, a.longitude, a.source_address_id
  from api.order_address as a
 where a.tenant_id = $1 and a.order_id = $2
 order by a.kind desc`, ['tenantId!', 'orderId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What getOrderChannelMeta takes. */
export interface GetOrderChannelMetaParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOrderChannelMeta. */
export interface GetOrderChannelMetaResult {
  /** What the channel sent along, a JSON object of at most 64 KiB. */
  channelData: JsonObject;
  /** The account in which it was placed. */
  channelId: string | null;
  /** The order's kind of channel. */
  channelType: ChannelType;
  /** The message that led to the order. */
  conversationHistoryId: string | null;
  /** When the order was placed. */
  createdAt: Date;
  /** The channel's own id of the cart or order (WhatsApp catalogue, TikTok shop). */
  externalOrderId: string | null;
}

/**
 * How an order came about in its channel, or null.
 */
export const getOrderChannelMeta = new MaybeOneQuery<GetOrderChannelMetaParams, GetOrderChannelMetaResult>('getOrderChannelMeta', `select m.channel_type, m.channel_id, m.conversation_history_id, m.external_order_id, m.channel_data, m.created_at
  from api.order_channel_meta as m
 where m.tenant_id = $1 and m.order_id = $2`, ['tenantId!', 'orderId!'], { callers: ['member', 'worker', 'platform'] });

/** What getOrderTimeline takes. */
export interface GetOrderTimelineParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getOrderTimeline. */
export interface GetOrderTimelineResult {
  /** The value before a change, the tracking number of a parcel, the kind of payment, how it was refunded, the number of the return, or the beginning of the message. */
  detail: string | null;
  /** What happened: a status changed, something was corrected, or a record was made. */
  kind: 'status' | 'payment_status' | 'fulfillment_status' | 'lines' | 'address' | 'tracking' | 'fulfillment' | 'payment' | 'refund' | 'return' | 'message';
  /** When it happened. */
  occurredAt: Date;
  /** The change of status or correction, parcel, payment, refund, return or message, by id. */
  recordId: string;
  /** The status of the record, or its new status; for a correction the new total, or the kind of address. */
  status: string;
}

/**
 * What happened to an order, by time: changes of status (detail: the status before), payments, refunds, returns
 * and messages, as far as the caller may see them. NOT_FOUND.
 */
export const getOrderTimeline = new ManyQuery<GetOrderTimelineParams, GetOrderTimelineResult>('getOrderTimeline', `select t.occurred_at as "occurred_at", t.kind as "kind", t.record_id as "record_id", t.status as "status", t.detail
  from api.order_timeline((select o.id from api.orders as o where o.tenant_id = $1 and o.id = $2)) as t`, ['tenantId!', 'orderId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What findBasket takes. */
export interface FindBasketParams {
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** The customer who buys. */
  customerId: string;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of findBasket. */
export interface FindBasketResult {
  /** When the basket was begun. */
  createdAt: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The basket of this chat, or null.
 */
export const findBasket = new MaybeOneQuery<FindBasketParams, FindBasketResult>('findBasket', `select o.id, o.currency_code, o.total_amount, o.version, o.created_at
  from api.orders as o
 where o.tenant_id = $1
   and o.customer_id = $2
   and o.channel = $3
   and o.seller_id = $4
   and o.status = 'draft'
   and o.placed_at is null`, ['tenantId!', 'customerId!', 'channel!', 'sellerId!'], { callers: ['member', 'buyer', 'worker', 'platform'], closedSets: { channel: channelTypes } });

/** What startOrder takes. */
export interface StartOrderParams {
  /** Kind of channel in which it was made. */
  channel?: ChannelType | null | undefined;
  /** The customer who buys. */
  customerId?: string | null | undefined;
  /** The seller. */
  sellerId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The conversation in which it was made. */
  threadId?: string | null | undefined;
}

/** A row of startOrder. */
export interface StartOrderResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * The open basket of a customer with one seller on one channel, or of a thread's customer; the same one
 * while it is a draft. NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const startOrder = new OneQuery<StartOrderParams, StartOrderResult>('startOrder', `select o.id, o.status, o.currency_code, o.version
  from api.start_order($1, $2, $3, $4) as o
 where o.tenant_id = $5`, ['sellerId!', 'channel', 'customerId', 'threadId', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], closedSets: { channel: channelTypes } });

/** What setOrderLine takes. */
export interface SetOrderLineParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Options that the buyer chose (size, engraving), a JSON object of at most 64 KiB. */
  metadata?: JsonObject | null | undefined;
  /** The order. */
  orderId: string;
  /** The product. */
  productId: string;
  /** Units ordered; 0 for a line that was taken out after the order was placed. */
  quantity: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setOrderLine. */
export interface SetOrderLineResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Sets how many units of a product with some options a draft holds, at the product's price; other options are
 * another line.
 * IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, INVALID_INPUT.
 */
export const setOrderLine = new OneQuery<SetOrderLineParams, SetOrderLineResult>('setOrderLine', `select o.id, o.total_amount, o.version
  from api.set_order_line(
    $1, $2, $3, $4, coalesce($5::jsonb, '{}')
  ) as o
 where o.tenant_id = $6`, ['orderId!', 'productId!', 'quantity!', 'expectedVersion!', 'metadata', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What removeOrderLine takes. */
export interface RemoveOrderLineParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Options that the buyer chose (size, engraving), a JSON object of at most 64 KiB. */
  metadata?: JsonObject | null | undefined;
  /** The order. */
  orderId: string;
  /** The product to take out. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of removeOrderLine. */
export interface RemoveOrderLineResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Takes a product out of a draft: every line of it, or the one with the options in metadata.
 * IMMUTABLE, VERSION_CONFLICT, NOT_FOUND.
 */
export const removeOrderLine = new OneQuery<RemoveOrderLineParams, RemoveOrderLineResult>('removeOrderLine', `select o.id, o.total_amount, o.version
  from api.remove_order_line($1, $2, $3, $4::jsonb) as o
 where o.tenant_id = $5`, ['orderId!', 'productId!', 'expectedVersion!', 'metadata', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What refreshBasket takes. */
export interface RefreshBasketParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of refreshBasket. */
export interface RefreshBasketResult {
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Sum of the lines' subtotals, before discount, and before tax where prices do not include it. */
  subtotalAmount: string;
  /** Sum of the lines' taxes. */
  taxAmount: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Puts today's prices, tax rates and names into the lines of a draft, so that its buyer sees them.
 * IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
 */
export const refreshBasket = new OneQuery<RefreshBasketParams, RefreshBasketResult>('refreshBasket', `select o.id, o.subtotal_amount, o.discount_amount, o.tax_amount, o.total_amount, o.version
  from api.refresh_basket($1, $2) as o
 where o.tenant_id = $3`, ['orderId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What setOrderCharges takes. */
export interface SetOrderChargesParams {
  /** The sum that is taken off, at most what the goods cost. */
  discountAmount?: string | null | undefined;
  /** The share that is taken off, instead of a sum: 0.1 is 10 %. */
  discountRate?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The reason, for the log. */
  reason: string;
  /** Shipping, charged for the whole order. */
  shippingAmount: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setOrderCharges. */
export interface SetOrderChargesResult {
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Shipping, charged for the whole order. */
  shippingAmount: string;
  /** Sum of the lines' taxes. */
  taxAmount: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Sets shipping and discount of a draft or pending order, with a reason. The discount is an amount in the order's
 * currency, or a rate (0.1 is 10 %); without either it stays as it was.
 * INVALID_AMOUNT, IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const setOrderCharges = new OneQuery<SetOrderChargesParams, SetOrderChargesResult>('setOrderCharges', `select o.id, o.shipping_amount, o.discount_amount, o.tax_amount, o.total_amount, o.version
  from api.set_order_charges(
    $1, $2, $3, $4, $5, $6
  ) as o
 where o.tenant_id = $7`, ['orderId!', 'shippingAmount!', 'discountAmount', 'reason!', 'expectedVersion!', 'discountRate', 'tenantId!'], { callers: ['member', 'worker'] });

/** What listOrderFees takes. */
export interface ListOrderFeesParams {
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listOrderFees. */
export interface ListOrderFeesResult {
  /** The fee, before tax where the order's prices do not include it. */
  amount: string;
  /** ISO 4217 code, the order's. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What it is for. */
  kind: ChargeKind;
  /** Tax on the fee, at its taxRate. */
  taxAmount: string;
  /** Tax as a share of the fee: 0.075 is 7.5 %. */
  taxRate: string;
}

/**
 * The fees of an order, by kind; also for its buyer. Amounts in currencyCode.
 */
export const listOrderFees = new ManyQuery<ListOrderFeesParams, ListOrderFeesResult>('listOrderFees', `select c.id, c.kind, c.amount, c.tax_rate, c.tax_amount, c.currency_code
  from api.order_charge as c
 where c.tenant_id = $1 and c.order_id = $2
 order by c.kind`, ['tenantId!', 'orderId!'], { callers: ['member', 'buyer', 'worker', 'platform'] });

/** What setOrderFee takes. */
export interface SetOrderFeeParams {
  /** The fee, before tax where the order's prices do not include it. */
  amount: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** What it is for. */
  kind: ChargeKind;
  /** The order. */
  orderId: string;
  /** Tax as a share of the fee: 0.075 is 7.5 %. */
  taxRate: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setOrderFee. */
export interface SetOrderFeeResult {
  /** Sum of the fees (order_charge), before tax where prices do not include it. */
  feeAmount: string;
  /** Sum of the fees' taxes. */
  feeTaxAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Sets one fee of a draft or pending order in the place of the one of this kind; 0 takes it off.
 * INVALID_AMOUNT, IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const setOrderFee = new OneQuery<SetOrderFeeParams, SetOrderFeeResult>('setOrderFee', `select o.id, o.fee_amount, o.fee_tax_amount, o.total_amount, o.version
  from api.set_order_fee($1, $2, $3, $4, $5) as o
 where o.tenant_id = $6`, ['orderId!', 'kind!', 'amount!', 'taxRate!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { kind: chargeKinds } });

/** What setDiscountCode takes. */
export interface SetDiscountCodeParams {
  /** The code that the buyer entered, in upper or lower case. */
  code?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setDiscountCode. */
export interface SetDiscountCodeResult {
  /** Sum of the lines' discounts: what discountSum or discountRate and then the discount code take off. */
  discountAmount: string;
  /** The discount code that the buyer entered. */
  discountCode: string | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Puts a discount code on a draft, or takes it off (null). DISCOUNT_REFUSED with the reason, NOT_FOUND, IMMUTABLE,
 * VERSION_CONFLICT, FORBIDDEN, INVALID_INPUT.
 */
export const setDiscountCode = new OneQuery<SetDiscountCodeParams, SetDiscountCodeResult>('setDiscountCode', `select o.id, o.discount_code, o.discount_amount, o.total_amount, o.version
  from api.set_discount_code($1, $2, $3) as o
 where o.tenant_id = $4`, ['orderId!', 'code', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What placeOrder takes. */
export interface PlaceOrderParams {
  /** The addresses for shipping and billing: at most one of each kind. */
  addresses?: readonly NewOrderAddress[] | null | undefined;
  /** What the buyer asks for, at most 64 KiB. */
  buyerNote?: string | null | undefined;
  /** What the channel sent along, a JSON object of at most 64 KiB. */
  channelData?: JsonObject | null | undefined;
  /** The totals that the caller has read: one amount for each currency. A shopper who orders lines must name them. Staff and workers may leave them out: they speak for the shop, whose prices count. */
  expectedTotals: readonly OrderTotal[];
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The draft to place, where no lines are given. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of placeOrder. */
export interface PlaceOrderResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Places a draft: takes the stock, gives the number, copies addresses. A repeat with the same key returns
 * the same order. OUT_OF_STOCK with every short line, PRICE_CHANGED with every line whose price is not the one it shows
 * and where the total is not the one that was read, DISCOUNT_REFUSED, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
 * INVALID_INPUT, INVALID_TRANSITION, LIMIT_REACHED, FORBIDDEN, NOT_FOUND.
 */
export const placeOrder = new OneQuery<PlaceOrderParams, PlaceOrderResult>('placeOrder', `select o.id, o.order_number as "order_number", o.status, o.currency_code, o.total_amount, o.version
  from api.place_order(
    p_idempotency_key => $1, p_order_id => $2, p_expected_version => $3,
    p_addresses => coalesce($4::jsonb, '[]'), p_channel_data => coalesce($5::jsonb, '{}'),
    p_buyer_note => $6, p_expected_totals => $7::jsonb
  ) as o
 where o.tenant_id = $8`, ['idempotencyKey!', 'orderId!', 'expectedVersion!', 'addresses', 'channelData', 'buyerNote', 'expectedTotals!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], ownJson: ['addresses', 'expectedTotals'] });

/** What placeOrderOfLines takes. */
export interface PlaceOrderOfLinesParams {
  /** The addresses for shipping and billing: at most one of each kind. */
  addresses?: readonly NewOrderAddress[] | null | undefined;
  /** What the buyer asks for, at most 64 KiB. */
  buyerNote?: string | null | undefined;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** What the channel sent along, a JSON object of at most 64 KiB. */
  channelData?: JsonObject | null | undefined;
  /** The customer who buys. */
  customerId?: string | null | undefined;
  /** A code for the lines that are ordered at once; each order of the code's seller uses it. */
  discountCode?: string | null | undefined;
  /** The totals that the caller has read: one amount for each currency. A shopper who orders lines must name them. Staff and workers may leave them out: they speak for the shop, whose prices count. */
  expectedTotals: readonly OrderTotal[];
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The lines to order, where no draft is given; unitPrice and taxRate are what the buyer was shown. */
  lines: readonly NewOrderLine[];
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of placeOrderOfLines. */
export interface PlaceOrderOfLinesResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  orderNumber: string;
  /** The seller; a basket of several sellers is split into one order for each. */
  sellerId: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Orders lines without a draft; returns one order for each seller, by number. A repeat with the same key returns the
 * same orders. OUT_OF_STOCK with every short line, PRICE_CHANGED with every line whose price is not the one it names
 * and, where the totals are not the ones that were read, with every line; DISCOUNT_REFUSED, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
 * INVALID_INPUT, INVALID_TRANSITION, LIMIT_REACHED, FORBIDDEN, NOT_FOUND.
 */
export const placeOrderOfLines = new ManyQuery<PlaceOrderOfLinesParams, PlaceOrderOfLinesResult>('placeOrderOfLines', `select o.id, o.order_number as "order_number", o.seller_id, o.status, o.currency_code, o.total_amount, o.version
  from api.place_order(
    p_idempotency_key => $1, p_lines => $2::jsonb, p_customer_id => $3,
    p_channel => $4, p_addresses => coalesce($5::jsonb, '[]'),
    p_channel_data => coalesce($6::jsonb, '{}'), p_buyer_note => $7,
    p_expected_totals => $8::jsonb, p_discount_code => $9
  ) as o
 where o.tenant_id = $10`, ['idempotencyKey!', 'lines!', 'customerId', 'channel!', 'addresses', 'channelData', 'buyerNote', 'expectedTotals!', 'discountCode', 'tenantId!'], { callers: ['member', 'buyer', 'worker'], ownJson: ['lines', 'addresses', 'expectedTotals'], closedSets: { channel: channelTypes } });

/** What confirmOrder takes. */
export interface ConfirmOrderParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of confirmOrder. */
export interface ConfirmOrderResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Confirms a placed order, for staff. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
 */
export const confirmOrder = new OneQuery<ConfirmOrderParams, ConfirmOrderResult>('confirmOrder', `select o.id, o.status, o.version
  from api.confirm_order($1, $2) as o
 where o.tenant_id = $3`, ['orderId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What startProcessing takes. */
export interface StartProcessingParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of startProcessing. */
export interface StartProcessingResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that staff have begun to work on a confirmed order. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND,
 * FORBIDDEN.
 */
export const startProcessing = new OneQuery<StartProcessingParams, StartProcessingResult>('startProcessing', `select o.id, o.status, o.version
  from api.start_processing($1, $2) as o
 where o.tenant_id = $3`, ['orderId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What shipOrder takes. */
export interface ShipOrderParams {
  /** The company that carries the parcel. */
  carrier: string;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The carrier's number of the parcel. */
  trackingNumber?: string | null | undefined;
}

/** A row of shipOrder. */
export interface ShipOrderResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** When it was given to the carrier. */
  shippedAt: Date | null;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Gives an order to a carrier. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const shipOrder = new OneQuery<ShipOrderParams, ShipOrderResult>('shipOrder', `select o.id, o.status, o.shipped_at, o.version
  from api.ship_order($1, $2, $3, $4) as o
 where o.tenant_id = $5`, ['orderId!', 'carrier!', 'trackingNumber', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What deliverOrder takes. */
export interface DeliverOrderParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deliverOrder. */
export interface DeliverOrderResult {
  /** When it reached the buyer. */
  deliveredAt: Date | null;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Records that an order has reached its buyer. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
 */
export const deliverOrder = new OneQuery<DeliverOrderParams, DeliverOrderResult>('deliverOrder', `select o.id, o.status, o.delivered_at, o.version
  from api.deliver_order($1, $2) as o
 where o.tenant_id = $3`, ['orderId!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'] });

/** What correctOrderLines takes. */
export interface CorrectOrderLinesParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Lines of the order whose quantity changes. */
  lines?: readonly CorrectedLine[] | null | undefined;
  /** Lines that are added; unitPrice and taxRate are what the buyer was shown. */
  newLines?: readonly NewOrderLine[] | null | undefined;
  /** The order. */
  orderId: string;
  /** The reason, for the order's history. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of correctOrderLines. */
export interface CorrectOrderLinesResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** What was sold: subtotal less discount, plus shipping and fees, plus the taxes on all three where prices do not include them. */
  totalAmount: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Corrects the lines of a placed order: other quantities at the prices that were agreed (0 takes a line out), and new
 * lines at today's. IMMUTABLE, OUT_OF_STOCK, PRICE_CHANGED, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const correctOrderLines = new OneQuery<CorrectOrderLinesParams, CorrectOrderLinesResult>('correctOrderLines', `select o.id, o.total_amount, o.due_amount, o.currency_code, o.payment_status, o.version
  from api.correct_order_lines($1, $2, $3, coalesce($4::jsonb, '[]'), coalesce($5::jsonb, '[]')) as o
 where o.tenant_id = $6`, ['orderId!', 'reason!', 'expectedVersion!', 'lines', 'newLines', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['lines', 'newLines'] });

/** What correctOrderAddress takes. */
export interface CorrectOrderAddressParams {
  /** The whole address, at most one of each kind. */
  addresses: readonly NewOrderAddress[];
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The reason, for the order's history. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of correctOrderAddress. */
export interface CorrectOrderAddressResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Corrects the shipping or billing address of a placed order. IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN,
 * INVALID_INPUT.
 */
export const correctOrderAddress = new OneQuery<CorrectOrderAddressParams, CorrectOrderAddressResult>('correctOrderAddress', `select o.id, o.version
  from api.correct_order_address($1, $2::jsonb, $3, $4) as o
 where o.tenant_id = $5`, ['orderId!', 'addresses!', 'reason!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'worker'], ownJson: ['addresses'] });

/** What cancelOrder takes. */
export interface CancelOrderParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** Why it was cancelled. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of cancelOrder. */
export interface CancelOrderResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** State of the order; only the order functions change it. */
  status: OrderStatus;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Cancels an order of which nothing has left, and gives its stock back; what was paid is to be refunded.
 * INVALID_TRANSITION, IMMUTABLE, VERSION_CONFLICT, INVALID_INPUT, NOT_FOUND, FORBIDDEN.
 */
export const cancelOrder = new OneQuery<CancelOrderParams, CancelOrderResult>('cancelOrder', `select o.id, o.status, o.version
  from api.cancel_order($1, $2, $3) as o
 where o.tenant_id = $4`, ['orderId!', 'reason!', 'expectedVersion!', 'tenantId!'], { callers: ['member', 'buyer', 'worker'] });

/** What setOrderMetadata takes. */
export interface SetOrderMetadataParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: OrderMetadata;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of setOrderMetadata. */
export interface SetOrderMetadataResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Replaces the merchant's own fields of an order. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
 */
export const setOrderMetadata = new OneQuery<SetOrderMetadataParams, SetOrderMetadataResult>('setOrderMetadata', `update api.orders as o
   set metadata = $1::jsonb,
       version = $2
 where o.tenant_id = $3 and o.id = $4
returning o.id, o.version`, ['metadata!', 'expectedVersion!', 'tenantId!', 'orderId!'], { callers: ['member'] });

/** What deleteOrder takes. */
export interface DeleteOrderParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The order. */
  orderId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deleteOrder. */
export interface DeleteOrderResult {
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Marks an order deleted; restoreRecord brings it back. Null: not found, or changed since it was read.
 * HAS_DEPENDENTS, FORBIDDEN.
 */
export const deleteOrder = new MaybeOneQuery<DeleteOrderParams, DeleteOrderResult>('deleteOrder', `delete from api.orders as o
 where o.tenant_id = $1 and o.id = $2 and o.version = $3
returning o.id`, ['tenantId!', 'orderId!', 'expectedVersion!'], { callers: ['member'] });

/** What listSalesDaily takes. */
export interface ListSalesDailyParams {
  /** The first day. */
  from: string;
  /** The last day. */
  to: string;
}

/** A row of listSalesDaily. */
export interface ListSalesDailyResult {
  /** Sum of what staff took off or added afterwards. */
  adjustmentAmount: string;
  /** Kind of channel in which it was made. */
  channel: ChannelType;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The day, in the tenant's time zone. */
  day: string;
  /** Sum of the discounts. */
  discountAmount: string;
  /** Sum of the fees. */
  feeAmount: string;
  /** Sum before discount, and before tax where prices do not include it. */
  grossAmount: string;
  /** The part of the taxes that the other amounts contain, because the prices include it. */
  includedTaxAmount: string;
  /** The net sum: what the orders are worth, less refunds that are due again. */
  netAmount: string;
  /** How many orders. */
  orderCount: string;
  /** The sum that was refunded to buyers. */
  refundedAmount: string;
  /** Price of the goods that came back. */
  returnedAmount: string;
  /** Sum of what was charged for shipping. */
  shippingAmount: string;
  /** Sum of the taxes, those on shipping and fees as well. */
  taxAmount: string;
  /** How many units. */
  unitCount: string;
}

/**
 * Sales of the merchant's own days from one to another (YYYY-MM-DD, both included, at most 366 apart), by day,
 * channel and currency; drafts and cancelled orders do not count. FORBIDDEN, INVALID_INPUT.
 */
export const listSalesDaily = new ManyQuery<ListSalesDailyParams, ListSalesDailyResult>('listSalesDaily', `select s.day as "day", s.channel as "channel", s.currency_code as "currency_code", s.order_count as "order_count",
       s.unit_count as "unit_count", s.gross_amount as "gross_amount", s.discount_amount as "discount_amount",
       s.shipping_amount as "shipping_amount", s.fee_amount as "fee_amount", s.tax_amount as "tax_amount",
       s.included_tax_amount as "included_tax_amount",
       s.adjustment_amount as "adjustment_amount", s.returned_amount as "returned_amount",
       s.refunded_amount as "refunded_amount", s.net_amount as "net_amount"
  from api.sales_daily($1, $2) as s`, ['from!', 'to!'], { callers: ['member'], days: ['from', 'to'] });

/** What adjustOrder takes. */
export interface AdjustOrderParams {
  /** The sum that is added to what the order is worth; negative when it lowers the price. */
  amount: string;
  /** A name for this request, of your own choice: sent again, it gets the first answer again. */
  idempotencyKey: string;
  /** The order. */
  orderId: string;
  /** Which part of the price it is about. */
  part: PricePart;
  /** Why it was made. */
  reason: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of adjustOrder. */
export interface AdjustOrderResult {
  /** ISO 4217 code of every amount of the order and of its lines. */
  currencyCode: string;
  /** The balance: what the order is worth, less what was paid, plus what went back. Negative when money is to be given back. */
  dueAmount: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** How far it is paid, derived from the ledger of money and from what the order is worth. */
  paymentStatus: OrderPaymentStatus;
  /** What the order is worth now: the total with its adjustments, less what came back; 0 for a draft and once cancelled. */
  worthAmount: string;
}

/**
 * Takes something off the price of a placed order (a negative amount), or adds a fee to it; returns the order's
 * balance. INVALID_AMOUNT, IMMUTABLE, IDEMPOTENCY_MISMATCH, NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const adjustOrder = new OneQuery<AdjustOrderParams, AdjustOrderResult>('adjustOrder', `select o.id, o.payment_status, o.worth_amount, o.due_amount, o.currency_code
  from api.adjust_order($1, $2, $3, $4, $5) as o
 where o.tenant_id = $6`, ['orderId!', 'amount!', 'part!', 'reason!', 'idempotencyKey!', 'tenantId!'], { callers: ['member', 'worker'], closedSets: { part: priceParts } });
