// Generated from sql/orders.sql by "npm run generate"; do not edit.
import type { ChannelType, OrderFulfillmentStatus, OrderPaymentStatus, OrderStatus } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type NumberOrString = number | string;

/** 'ListOrders' parameters type */
export interface ListOrdersParams {
  after?: string | null | void;
  first: NumberOrString;
  status: OrderStatus;
  tenantId: string;
}

/** 'ListOrders' return type */
export interface ListOrdersResult {
  /** The buyer's name as it was when the order was placed. */
  buyer_name: string | null;
  /** Kind of channel in which it came about. */
  channel: ChannelType;
  /** When the basket was begun. */
  created_at: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currency_code: string;
  cursor: string;
  /** Who buys. */
  customer_id: string;
  /** How far it is shipped and delivered. */
  fulfillment_status: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  order_number: string | null;
  /** How far it is paid, derived from payments and refunds. */
  payment_status: OrderPaymentStatus;
  /** When the buyer placed it. */
  placed_at: Date | null;
  /** Who sells; a basket of several sellers is split into one order each. */
  seller_id: string;
  /** Where it stands; changed by the order functions only. */
  status: OrderStatus;
  /** What the buyer owes: subtotal less discount, plus shipping and tax. */
  total_amount: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListOrders' query type */
export interface ListOrdersQuery {
  params: ListOrdersParams;
  result: ListOrdersResult;
}

const listOrdersIR: any = {"usedParamSet":{"tenantId":true,"status":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":302,"b":311}]},{"name":"status","required":true,"transform":{"type":"scalar"},"locs":[{"a":331,"b":338}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":348,"b":353},{"a":408,"b":413},{"a":439,"b":444}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":505,"b":511}]}],"statement":"select o.id, o.order_number, o.seller_id, o.customer_id, o.channel, o.status, o.payment_status,\n       o.fulfillment_status, o.currency_code, o.total_amount, o.buyer_name, o.placed_at, o.version, o.created_at,\n       o.id || ' ' || o.created_at as \"cursor!\"\n  from api.orders as o\n where o.tenant_id = :tenantId!\n   and o.status = :status!\n   and (:after::text is null\n     or (o.created_at, o.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by o.created_at desc, o.id desc\n limit :first!"};

/**
 * The order board: orders of one status, newest first, in pages: pass the last row's cursor to go on.
 */
export const listOrders = new PreparedQuery<ListOrdersParams,ListOrdersResult>(listOrdersIR);


/** 'ListCustomerOrders' parameters type */
export interface ListCustomerOrdersParams {
  after?: string | null | void;
  customerId: string;
  first: NumberOrString;
  tenantId: string;
}

/** 'ListCustomerOrders' return type */
export interface ListCustomerOrdersResult {
  /** Kind of channel in which it came about. */
  channel: ChannelType;
  /** When the basket was begun. */
  created_at: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currency_code: string;
  cursor: string;
  /** How far it is shipped and delivered. */
  fulfillment_status: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  order_number: string | null;
  /** How far it is paid, derived from payments and refunds. */
  payment_status: OrderPaymentStatus;
  /** When the buyer placed it. */
  placed_at: Date | null;
  /** Who sells; a basket of several sellers is split into one order each. */
  seller_id: string;
  /** Where it stands; changed by the order functions only. */
  status: OrderStatus;
  /** What the buyer owes: subtotal less discount, plus shipping and tax. */
  total_amount: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListCustomerOrders' query type */
export interface ListCustomerOrdersQuery {
  params: ListCustomerOrdersParams;
  result: ListCustomerOrdersResult;
}

const listCustomerOrdersIR: any = {"usedParamSet":{"tenantId":true,"customerId":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":273,"b":282}]},{"name":"customerId","required":true,"transform":{"type":"scalar"},"locs":[{"a":307,"b":318}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":328,"b":333},{"a":388,"b":393},{"a":419,"b":424}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":485,"b":491}]}],"statement":"select o.id, o.order_number, o.seller_id, o.channel, o.status, o.payment_status, o.fulfillment_status,\n       o.currency_code, o.total_amount, o.placed_at, o.version, o.created_at,\n       o.id || ' ' || o.created_at as \"cursor!\"\n  from api.orders as o\n where o.tenant_id = :tenantId!\n   and o.customer_id = :customerId!\n   and (:after::text is null\n     or (o.created_at, o.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by o.created_at desc, o.id desc\n limit :first!"};

/**
 * The orders of one buyer, newest first, in pages as listOrders.
 */
export const listCustomerOrders = new PreparedQuery<ListCustomerOrdersParams,ListCustomerOrdersResult>(listCustomerOrdersIR);


/** 'FindOrdersByPhone' parameters type */
export interface FindOrdersByPhoneParams {
  first: NumberOrString;
  phoneNumber: string;
  tenantId: string;
}

/** 'FindOrdersByPhone' return type */
export interface FindOrdersByPhoneResult {
  /** When the basket was begun. */
  created_at: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currency_code: string;
  /** How far it is shipped and delivered. */
  fulfillment_status: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  order_number: string | null;
  /** How far it is paid, derived from payments and refunds. */
  payment_status: OrderPaymentStatus;
  /** When the buyer placed it. */
  placed_at: Date | null;
  /** Where it stands; changed by the order functions only. */
  status: OrderStatus;
  /** What the buyer owes: subtotal less discount, plus shipping and tax. */
  total_amount: string;
}

/** 'FindOrdersByPhone' query type */
export interface FindOrdersByPhoneQuery {
  params: FindOrdersByPhoneParams;
  result: FindOrdersByPhoneResult;
}

const findOrdersByPhoneIR: any = {"usedParamSet":{"tenantId":true,"phoneNumber":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":189,"b":198}]},{"name":"phoneNumber","required":true,"transform":{"type":"scalar"},"locs":[{"a":220,"b":232}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":280,"b":286}]}],"statement":"select o.id, o.order_number, o.status, o.payment_status, o.fulfillment_status, o.currency_code, o.total_amount,\n       o.placed_at, o.created_at\n  from api.orders as o\n where o.tenant_id = :tenantId! and o.buyer_phone = :phoneNumber!\n order by o.created_at desc, o.id desc\n limit :first!"};

/**
 * "Where is my order?": the latest orders placed under a telephone number (E.164).
 */
export const findOrdersByPhone = new PreparedQuery<FindOrdersByPhoneParams,FindOrdersByPhoneResult>(findOrdersByPhoneIR);


/** 'GetOrderByNumber' parameters type */
export interface GetOrderByNumberParams {
  orderNumber: string;
  tenantId: string;
}

/** 'GetOrderByNumber' return type */
export interface GetOrderByNumberResult {
  /** When the basket was begun. */
  created_at: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currency_code: string;
  /** Who buys. */
  customer_id: string;
  /** How far it is shipped and delivered. */
  fulfillment_status: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  order_number: string;
  /** How far it is paid, derived from payments and refunds. */
  payment_status: OrderPaymentStatus;
  /** When the buyer placed it. */
  placed_at: Date | null;
  /** Where it stands; changed by the order functions only. */
  status: OrderStatus;
  /** What the buyer owes: subtotal less discount, plus shipping and tax. */
  total_amount: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'GetOrderByNumber' query type */
export interface GetOrderByNumberQuery {
  params: GetOrderByNumberParams;
  result: GetOrderByNumberResult;
}

const getOrderByNumberIR: any = {"usedParamSet":{"tenantId":true,"orderNumber":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":234,"b":243}]},{"name":"orderNumber","required":true,"transform":{"type":"scalar"},"locs":[{"a":266,"b":278}]}],"statement":"select o.id, o.order_number as \"order_number!\", o.customer_id, o.status, o.payment_status, o.fulfillment_status,\n       o.currency_code, o.total_amount, o.version, o.placed_at, o.created_at\n  from api.orders as o\n where o.tenant_id = :tenantId! and o.order_number = :orderNumber!"};

/**
 * One order by the number that people use, or no row.
 */
export const getOrderByNumber = new PreparedQuery<GetOrderByNumberParams,GetOrderByNumberResult>(getOrderByNumberIR);


/** 'GetOrderWithItems' parameters type */
export interface GetOrderWithItemsParams {
  orderId: string;
  tenantId: string;
}

/** 'GetOrderWithItems' return type */
export interface GetOrderWithItemsResult {
  /** The buyer's name as it was when the order was placed. */
  buyer_name: string | null;
  /** What the buyer asks for, at most 64 KiB. */
  buyer_note: string | null;
  /** The buyer's phone number as it was when the order was placed. */
  buyer_phone: string | null;
  /** Kind of channel in which it came about. */
  channel: ChannelType;
  /** When the basket was begun. */
  created_at: Date;
  /** ISO 4217 code of every amount of the order and of its lines. */
  currency_code: string;
  /** Who buys. */
  customer_id: string;
  /** Sum of the lines' discounts. */
  discount_amount: string;
  /** How far it is shipped and delivered. */
  fulfillment_status: OrderFulfillmentStatus;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Identifier, ordered by time of creation. */
  item_id: string | null;
  /** The product. */
  item_product_id: string | null;
  /** Place within the order, from 1. */
  line_number: number | null;
  /** Number for people, without gaps within the merchant; given when it is placed. */
  order_number: string | null;
  /** What has been received so far. */
  paid_amount: string;
  /** How far it is paid, derived from payments and refunds. */
  payment_status: OrderPaymentStatus;
  /** When the buyer placed it. */
  placed_at: Date | null;
  /** Name of the product, copied from it. */
  product_name: string | null;
  /** Units ordered. */
  quantity: number | null;
  /** Who sells; a basket of several sellers is split into one order each. */
  seller_id: string;
  /** Shipping, charged for the whole order. */
  shipping_amount: string;
  /** Article number of the product, copied from it. */
  sku: string | null;
  /** Where it stands; changed by the order functions only. */
  status: OrderStatus;
  /** Quantity times unit price, before discount and tax. */
  subtotal: string | null;
  /** Sum of the lines' subtotals, before discount and tax. */
  subtotal_amount: string;
  /** Sum of the lines' taxes. */
  tax_amount: string;
  /** The conversation in which it came about. */
  thread_id: string | null;
  /** What the buyer owes: subtotal less discount, plus shipping and tax. */
  total_amount: string;
  /** Price of one unit, copied from the product. */
  unit_price: string | null;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'GetOrderWithItems' query type */
export interface GetOrderWithItemsQuery {
  params: GetOrderWithItemsParams;
  result: GetOrderWithItemsResult;
}

const getOrderWithItemsIR: any = {"usedParamSet":{"tenantId":true,"orderId":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":719,"b":728}]},{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":741,"b":749}]}],"statement":"select o.id, o.order_number, o.seller_id, o.customer_id, o.thread_id, o.channel, o.status, o.payment_status,\n       o.fulfillment_status, o.currency_code, o.subtotal_amount, o.discount_amount, o.shipping_amount,\n       o.tax_amount, o.total_amount, o.paid_amount, o.buyer_name, o.buyer_phone, o.buyer_note, o.placed_at,\n       o.version, o.created_at, i.id as \"item_id?\", i.line_number as \"line_number?\",\n       i.product_id as \"item_product_id?\", i.product_name as \"product_name?\", i.sku as \"sku?\",\n       i.quantity as \"quantity?\", i.unit_price as \"unit_price?\", i.subtotal as \"subtotal?\"\n  from api.orders as o\n  left join api.order_items as i on i.tenant_id = o.tenant_id and i.order_id = o.id\n where o.tenant_id = :tenantId! and o.id = :orderId!\n order by i.line_number"};

/**
 * One order with its lines: a row a line, in their order; an order without lines is one row whose item
 * columns are NULL. No row: not found.
 */
export const getOrderWithItems = new PreparedQuery<GetOrderWithItemsParams,GetOrderWithItemsResult>(getOrderWithItemsIR);


/** 'StartOrder' parameters type */
export interface StartOrderParams {
  channel?: ChannelType | null | void;
  customerId?: string | null | void;
  sellerId: string;
  tenantId: string;
  threadId?: string | null | void;
}

/** 'StartOrder' return type */
export interface StartOrderResult {
  currency_code: string;
  id: string;
  status: OrderStatus;
  version: number;
}

/** 'StartOrder' query type */
export interface StartOrderQuery {
  params: StartOrderParams;
  result: StartOrderResult;
}

const startOrderIR: any = {"usedParamSet":{"sellerId":true,"channel":true,"customerId":true,"threadId":true,"tenantId":true},"params":[{"name":"sellerId","required":true,"transform":{"type":"scalar"},"locs":[{"a":129,"b":138}]},{"name":"channel","required":false,"transform":{"type":"scalar"},"locs":[{"a":141,"b":148}]},{"name":"customerId","required":false,"transform":{"type":"scalar"},"locs":[{"a":151,"b":161}]},{"name":"threadId","required":false,"transform":{"type":"scalar"},"locs":[{"a":164,"b":172}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":201,"b":210}]}],"statement":"select o.id as \"id!\", o.status as \"status!\", o.currency_code as \"currency_code!\", o.version as \"version!\"\n  from api.start_order(:sellerId!, :channel, :customerId, :threadId) as o\n where o.tenant_id = :tenantId!"};

/**
 * The open basket of a customer with one seller on one channel, or of a thread's customer; the same one
 * while it is a draft. NOT_FOUND, FORBIDDEN, INVALID_INPUT.
 */
export const startOrder = new PreparedQuery<StartOrderParams,StartOrderResult>(startOrderIR);


/** 'SetOrderLine' parameters type */
export interface SetOrderLineParams {
  expectedVersion: number;
  metadata?: Json | null | void;
  orderId: string;
  productId: string;
  quantity: number;
  tenantId: string;
}

/** 'SetOrderLine' return type */
export interface SetOrderLineResult {
  id: string;
  total_amount: string;
  version: number;
}

/** 'SetOrderLine' query type */
export interface SetOrderLineQuery {
  params: SetOrderLineParams;
  result: SetOrderLineResult;
}

const setOrderLineIR: any = {"usedParamSet":{"orderId":true,"productId":true,"quantity":true,"expectedVersion":true,"metadata":true,"tenantId":true},"params":[{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":112,"b":120}]},{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":123,"b":133}]},{"name":"quantity","required":true,"transform":{"type":"scalar"},"locs":[{"a":136,"b":145}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":148,"b":164}]},{"name":"metadata","required":false,"transform":{"type":"scalar"},"locs":[{"a":176,"b":184}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":230,"b":239}]}],"statement":"select o.id as \"id!\", o.total_amount as \"total_amount!\", o.version as \"version!\"\n  from api.set_order_line(\n    :orderId!, :productId!, :quantity!, :expectedVersion!, coalesce(:metadata::jsonb, '{}')\n  ) as o\n where o.tenant_id = :tenantId!"};

/**
 * Sets how many units of a product a draft holds, at the product's price.
 * IMMUTABLE, VERSION_CONFLICT, NOT_FOUND, INVALID_INPUT.
 */
export const setOrderLine = new PreparedQuery<SetOrderLineParams,SetOrderLineResult>(setOrderLineIR);


/** 'RemoveOrderLine' parameters type */
export interface RemoveOrderLineParams {
  expectedVersion: number;
  orderId: string;
  productId: string;
  tenantId: string;
}

/** 'RemoveOrderLine' return type */
export interface RemoveOrderLineResult {
  id: string;
  total_amount: string;
  version: number;
}

/** 'RemoveOrderLine' query type */
export interface RemoveOrderLineQuery {
  params: RemoveOrderLineParams;
  result: RemoveOrderLineResult;
}

const removeOrderLineIR: any = {"usedParamSet":{"orderId":true,"productId":true,"expectedVersion":true,"tenantId":true},"params":[{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":110,"b":118}]},{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":121,"b":131}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":134,"b":150}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":179,"b":188}]}],"statement":"select o.id as \"id!\", o.total_amount as \"total_amount!\", o.version as \"version!\"\n  from api.remove_order_line(:orderId!, :productId!, :expectedVersion!) as o\n where o.tenant_id = :tenantId!"};

/**
 * Takes a product out of a draft. IMMUTABLE, VERSION_CONFLICT, NOT_FOUND.
 */
export const removeOrderLine = new PreparedQuery<RemoveOrderLineParams,RemoveOrderLineResult>(removeOrderLineIR);


/** 'PlaceOrder' parameters type */
export interface PlaceOrderParams {
  addresses?: Json | null | void;
  buyerNote?: string | null | void;
  channelData?: Json | null | void;
  expectedVersion: number;
  idempotencyKey: string;
  orderId: string;
  tenantId: string;
}

/** 'PlaceOrder' return type */
export interface PlaceOrderResult {
  currency_code: string;
  id: string;
  order_number: string;
  status: OrderStatus;
  total_amount: string;
  version: number;
}

/** 'PlaceOrder' query type */
export interface PlaceOrderQuery {
  params: PlaceOrderParams;
  result: PlaceOrderResult;
}

const placeOrderIR: any = {"usedParamSet":{"idempotencyKey":true,"orderId":true,"expectedVersion":true,"addresses":true,"channelData":true,"buyerNote":true,"tenantId":true},"params":[{"name":"idempotencyKey","required":true,"transform":{"type":"scalar"},"locs":[{"a":232,"b":247}]},{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":264,"b":272}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":297,"b":313}]},{"name":"addresses","required":false,"transform":{"type":"scalar"},"locs":[{"a":344,"b":353}]},{"name":"channelData","required":false,"transform":{"type":"scalar"},"locs":[{"a":397,"b":408}]},{"name":"buyerNote","required":false,"transform":{"type":"scalar"},"locs":[{"a":445,"b":454}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":486,"b":495}]}],"statement":"select o.id as \"id!\", o.order_number as \"order_number!\", o.status as \"status!\", o.currency_code as \"currency_code!\",\n       o.total_amount as \"total_amount!\", o.version as \"version!\"\n  from api.place_order(\n    p_idempotency_key => :idempotencyKey!, p_order_id => :orderId!, p_expected_version => :expectedVersion!,\n    p_addresses => coalesce(:addresses::jsonb, '[]'), p_channel_data => coalesce(:channelData::jsonb, '{}'),\n    p_buyer_note => :buyerNote\n  ) as o\n where o.tenant_id = :tenantId!"};

/**
 * Places a draft: takes the stock, gives the number, copies addresses. A repeat with the same key returns
 * the same order. OUT_OF_STOCK with every short line, VERSION_CONFLICT, IDEMPOTENCY_MISMATCH,
 * INVALID_INPUT, NOT_FOUND.
 */
export const placeOrder = new PreparedQuery<PlaceOrderParams,PlaceOrderResult>(placeOrderIR);


/** 'PlaceOrderOfLines' parameters type */
export interface PlaceOrderOfLinesParams {
  addresses?: Json | null | void;
  buyerNote?: string | null | void;
  channel: ChannelType;
  channelData?: Json | null | void;
  customerId?: string | null | void;
  idempotencyKey: string;
  lines: Json;
  tenantId: string;
}

/** 'PlaceOrderOfLines' return type */
export interface PlaceOrderOfLinesResult {
  currency_code: string;
  id: string;
  order_number: string;
  seller_id: string;
  status: OrderStatus;
  total_amount: string;
  version: number;
}

/** 'PlaceOrderOfLines' query type */
export interface PlaceOrderOfLinesQuery {
  params: PlaceOrderOfLinesParams;
  result: PlaceOrderOfLinesResult;
}

const placeOrderOfLinesIR: any = {"usedParamSet":{"idempotencyKey":true,"lines":true,"customerId":true,"channel":true,"addresses":true,"channelData":true,"buyerNote":true,"tenantId":true},"params":[{"name":"idempotencyKey","required":true,"transform":{"type":"scalar"},"locs":[{"a":261,"b":276}]},{"name":"lines","required":true,"transform":{"type":"scalar"},"locs":[{"a":290,"b":296}]},{"name":"customerId","required":false,"transform":{"type":"scalar"},"locs":[{"a":323,"b":333}]},{"name":"channel","required":true,"transform":{"type":"scalar"},"locs":[{"a":353,"b":361}]},{"name":"addresses","required":false,"transform":{"type":"scalar"},"locs":[{"a":388,"b":397}]},{"name":"channelData","required":false,"transform":{"type":"scalar"},"locs":[{"a":445,"b":456}]},{"name":"buyerNote","required":false,"transform":{"type":"scalar"},"locs":[{"a":489,"b":498}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":530,"b":539}]}],"statement":"select o.id as \"id!\", o.order_number as \"order_number!\", o.seller_id as \"seller_id!\", o.status as \"status!\",\n       o.currency_code as \"currency_code!\", o.total_amount as \"total_amount!\", o.version as \"version!\"\n  from api.place_order(\n    p_idempotency_key => :idempotencyKey!, p_lines => :lines!::jsonb, p_customer_id => :customerId,\n    p_channel => :channel!, p_addresses => coalesce(:addresses::jsonb, '[]'),\n    p_channel_data => coalesce(:channelData::jsonb, '{}'), p_buyer_note => :buyerNote\n  ) as o\n where o.tenant_id = :tenantId!"};

/**
 * Orders lines [{"product_id", "quantity", "metadata"}] at once; one order a seller comes back. As placeOrder.
 */
export const placeOrderOfLines = new PreparedQuery<PlaceOrderOfLinesParams,PlaceOrderOfLinesResult>(placeOrderOfLinesIR);


/** 'ConfirmOrder' parameters type */
export interface ConfirmOrderParams {
  expectedVersion: number;
  orderId: string;
  tenantId: string;
}

/** 'ConfirmOrder' return type */
export interface ConfirmOrderResult {
  id: string;
  status: OrderStatus;
  version: number;
}

/** 'ConfirmOrder' query type */
export interface ConfirmOrderQuery {
  params: ConfirmOrderParams;
  result: ConfirmOrderResult;
}

const confirmOrderIR: any = {"usedParamSet":{"orderId":true,"expectedVersion":true,"tenantId":true},"params":[{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":94,"b":102}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":105,"b":121}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":150,"b":159}]}],"statement":"select o.id as \"id!\", o.status as \"status!\", o.version as \"version!\"\n  from api.confirm_order(:orderId!, :expectedVersion!) as o\n where o.tenant_id = :tenantId!"};

/**
 * Staff accept a placed order. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
 */
export const confirmOrder = new PreparedQuery<ConfirmOrderParams,ConfirmOrderResult>(confirmOrderIR);


/** 'CancelOrder' parameters type */
export interface CancelOrderParams {
  expectedVersion: number;
  orderId: string;
  reason: string;
  tenantId: string;
}

/** 'CancelOrder' return type */
export interface CancelOrderResult {
  id: string;
  status: OrderStatus;
  version: number;
}

/** 'CancelOrder' query type */
export interface CancelOrderQuery {
  params: CancelOrderParams;
  result: CancelOrderResult;
}

const cancelOrderIR: any = {"usedParamSet":{"orderId":true,"reason":true,"expectedVersion":true,"tenantId":true},"params":[{"name":"orderId","required":true,"transform":{"type":"scalar"},"locs":[{"a":93,"b":101}]},{"name":"reason","required":true,"transform":{"type":"scalar"},"locs":[{"a":104,"b":111}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":114,"b":130}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":159,"b":168}]}],"statement":"select o.id as \"id!\", o.status as \"status!\", o.version as \"version!\"\n  from api.cancel_order(:orderId!, :reason!, :expectedVersion!) as o\n where o.tenant_id = :tenantId!"};

/**
 * Cancels an order and gives its stock back. INVALID_TRANSITION, VERSION_CONFLICT, NOT_FOUND, FORBIDDEN.
 */
export const cancelOrder = new PreparedQuery<CancelOrderParams,CancelOrderResult>(cancelOrderIR);


