// Generated from sql/products.sql by "npm run generate"; do not edit.
import { channelTypes, productTypes } from '../model/closed-sets.ts';
import type { ChannelType, ProductType } from '../model/closed-sets.ts';
import type { JsonObject, NewProduct, ProductImport } from '../model/json.ts';
import { PagedQuery } from '../database/paged-query.ts';
import { ManyQuery, MaybeOneQuery, OneQuery } from '../database/prepared-query.ts';

/** What listProducts takes. */
export interface ListProductsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** The cursor to read on before, in the order of the list; not together with after. */
  before?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The first day on which it was added, in the shop's time zone. */
  from?: string | null | undefined;
  /** Whether it is offered to shoppers. */
  isActive?: boolean | null | undefined;
  /** Which rows come first: newest, which is the default, or oldest. */
  order?: 'newest' | 'oldest' | null | undefined;
  /** Which kinds; all when it is left out. */
  productTypes?: readonly ProductType[] | null | undefined;
  /** Only what this seller sells. */
  sellerId?: string | null | undefined;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of listProducts. */
export interface ListProductsResult {
  /** The former price to show struck through; always above price. */
  compareAtPrice: string | null;
  /** When it was created. */
  createdAt: Date;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allowBackorder. */
  inventoryCount: number;
  /** Whether it is offered to shoppers. */
  isActive: boolean;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType: ProductType;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Live products that fit all filters given, the newest first, in pages, for staff; shoppers use searchProducts. Prices
 * in currencyCode. Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT,
 * TENANT_REQUIRED.
 */
export const listProducts = new PagedQuery<ListProductsParams, ListProductsResult>('listProducts', `select t.*, m.cursor as "cursor"
  from api.list_products(
    p_product_types => $1::text[], p_is_active => $2, p_seller_id => $3, p_sku => $4,
    p_from => $5, p_to => $6, p_order => coalesce($7, 'newest'),
    p_first => least($8::bigint, 2147483647)::integer, p_after => $9, p_before => $10
  ) with ordinality as m (product_id, cursor, place)
 cross join lateral (
    select t.id, t.seller_id, t.name, t.short_description, t.sku, t.product_type, t.price, t.compare_at_price,
           t.currency_code, t.inventory_count, t.is_active, t.version, t.created_at, t.updated_at
      from api.products as t
     where t.tenant_id = $11 and t.id = m.product_id
    offset 0
  ) as t
 order by m.place`, ['productTypes', 'isActive', 'sellerId', 'sku', 'from', 'to', 'order', 'first', 'after', 'before', 'tenantId!'], { callers: ['member'], closedSets: { productTypes: productTypes, order: ['newest', 'oldest'] }, days: ['from', 'to'] });

/** What countProducts takes. */
export interface CountProductsParams {
  /** The first day on which it was added, in the shop's time zone. */
  from?: string | null | undefined;
  /** Whether it is offered to shoppers. */
  isActive?: boolean | null | undefined;
  /** Which kinds; all when it is left out. */
  productTypes?: readonly ProductType[] | null | undefined;
  /** Only what this seller sells. */
  sellerId?: string | null | undefined;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null | undefined;
  /** The last day. */
  to?: string | null | undefined;
}

/** A row of countProducts. */
export interface CountProductsResult {
  /** Whether it is offered to shoppers. */
  isActive: boolean;
  /** Whether there are more than row_count. */
  isAtLeast: boolean;
  /** How many; 1000 where there are more. */
  rowCount: number;
}

/**
 * How many products are on sale and how many are not, up to 1000 of each, with the filters of listProducts.
 * isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
 */
export const countProducts = new ManyQuery<CountProductsParams, CountProductsResult>('countProducts', `select c.is_active as "is_active", c.row_count as "row_count", c.is_at_least as "is_at_least"
  from api.count_products(p_product_types => $1::text[], p_is_active => $2, p_seller_id => $3, p_sku => $4, p_from => $5, p_to => $6) as c`, ['productTypes', 'isActive', 'sellerId', 'sku', 'from', 'to'], { callers: ['member'], closedSets: { productTypes: productTypes }, days: ['from', 'to'] });

/** What getProduct takes. */
export interface GetProductParams {
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getProduct. */
export interface GetProductResult {
  /** Whether more can be ordered than is in stock. */
  allowBackorder: boolean;
  /** The former price to show struck through; always above price. */
  compareAtPrice: string | null;
  /** When it was created. */
  createdAt: Date;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** Full description, at most 64 KiB. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allowBackorder. */
  inventoryCount: number;
  /** Whether it is offered to shoppers. */
  isActive: boolean;
  /** Stock at or below this is reported as low; NULL: never. */
  lowStockThreshold: number | null;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: JsonObject;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType: ProductType;
  /** When it was first offered, set by staff. */
  publishedAt: Date | null;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate: string;
  /** Whether orders take from inventoryCount; off for services and downloads. */
  trackInventory: boolean;
  /** When it last changed. */
  updatedAt: Date;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels: ChannelType[] | null;
}

/**
 * One product for staff, or null. Prices in currencyCode, taxRate as a share of the price.
 */
export const getProduct = new MaybeOneQuery<GetProductParams, GetProductResult>('getProduct', `select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,
       p.compare_at_price, p.currency_code, p.tax_rate, p.track_inventory, p.allow_backorder, p.inventory_count,
       p.low_stock_threshold, p.is_active, p.published_at, p.visible_channels, p.metadata, p.version,
       p.created_at, p.updated_at
  from api.products as p
 where p.tenant_id = $1 and p.id = $2`, ['tenantId!', 'productId!'], { callers: ['member', 'worker', 'platform'] });

/** What getProductForSale takes. */
export interface GetProductForSaleParams {
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getProductForSale. */
export interface GetProductForSaleResult {
  /** The former price to show struck through; always above price. */
  compareAtPrice: string | null;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** Full description, at most 64 KiB. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Whether it can be ordered now. */
  isAvailable: boolean;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType: ProductType;
  /** When it was first offered, set by staff. */
  publishedAt: Date | null;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate: string;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels: ChannelType[] | null;
}

/**
 * One product that is on sale, for shoppers and visitors, or null. Prices in currencyCode.
 */
export const getProductForSale = new MaybeOneQuery<GetProductForSaleParams, GetProductForSaleResult>('getProductForSale', `select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,
       p.compare_at_price, p.currency_code, p.tax_rate, p.published_at, p.visible_channels,
       api.product_is_available(p.id) as "is_available"
  from api.products as p
 where p.tenant_id = $1 and p.id = $2 and p.is_active`, ['tenantId!', 'productId!'], { callers: ['member', 'buyer', 'anonymous'] });

/** What searchProducts takes. */
export interface SearchProductsParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** Only what is offered there; a visitor sees what the storefront offers. */
  channel?: ChannelType | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The highest price. */
  priceMax?: string | null | undefined;
  /** The lowest price. */
  priceMin?: string | null | undefined;
  /** Words, of which any match; without them, the newest come first. */
  query?: string | null | undefined;
  /** Only what this seller sells. */
  sellerId?: string | null | undefined;
}

/** A row of searchProducts. */
export interface SearchProductsResult {
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** Whether it can be ordered now. */
  isAvailable: boolean;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** The product. */
  productId: string;
  /** How well it matches. */
  rank: number;
  /** The product's seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription: string | null;
}

/**
 * The session's tenant's active products by words or nearly right spelling, best first, or the newest first
 * without a query; in pages of at most 100. Prices in currencyCode. INVALID_INPUT.
 */
export const searchProducts = new PagedQuery<SearchProductsParams, SearchProductsResult>('searchProducts', `select s.product_id as "product_id", s.name as "name", s.short_description, s.price as "price",
       s.currency_code as "currency_code", s.seller_id as "seller_id", s.is_available as "is_available",
       s.rank as "rank", s.cursor as "cursor"
  from api.search_products(
    p_query => $1, p_channel => $2, p_seller_id => $3, p_price_min => $4,
    p_price_max => $5, p_first => $6, p_after => $7
  ) as s`, ['query', 'channel', 'sellerId', 'priceMin', 'priceMax', 'first', 'after'], { callers: ['member', 'buyer', 'anonymous', 'worker'], closedSets: { channel: channelTypes } });

/** What listLowStock takes. */
export interface ListLowStockParams {
  /** The cursor to read on behind; from the beginning unless given. */
  after?: string | null | undefined;
  /** How many rows at most, from 1. */
  first: number;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of listLowStock. */
export interface ListLowStockResult {
  /** To read on behind this row, pass it as `after`. */
  cursor: string;
  /** The product. */
  id: string;
  /** Units that can still be sold. */
  inventoryCount: number;
  /** The threshold. */
  lowStockThreshold: number;
  /** Its name. */
  name: string;
  /** The seller. */
  sellerId: string;
  /** The merchant's own number of it. */
  sku: string | null;
}

/**
 * Tracked products on sale at or below their threshold, the scarcest first, in pages.
 */
export const listLowStock = new PagedQuery<ListLowStockParams, ListLowStockResult>('listLowStock', `select p.id as "id", p.seller_id as "seller_id", p.name as "name", p.sku, p.inventory_count as "inventory_count",
       p.low_stock_threshold as "low_stock_threshold", json_build_array(p.inventory_count, p.id) as "cursor"
  from api.low_stock as p
 where p.tenant_id = $1
   and ($2::jsonb is null
     or (p.inventory_count, p.id) > (($2::jsonb ->> 0)::integer, ($2::jsonb ->> 1)::uuid))
 order by p.inventory_count, p.id
 limit $3`, ['tenantId!', 'after', 'first'], { callers: ['member', 'worker', 'platform'] });

/** What getProductSales takes. */
export interface GetProductSalesParams {
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of getProductSales. */
export interface GetProductSalesResult {
  /** ISO 4217 code of the amounts. */
  currencyCode: string;
  /** Sum of the lines' discounts. */
  discountAmount: string;
  /** Sum of the lines before discount, and before tax where prices do not include it. */
  grossAmount: string;
  /** How many orders contain it. */
  orderCount: string;
  /** How many of them came back. */
  unitsReturned: string;
  /** How many units. */
  unitsSold: string;
}

/**
 * What a product has sold so far, a row for each currency; drafts and cancelled orders do not count.
 */
export const getProductSales = new ManyQuery<GetProductSalesParams, GetProductSalesResult>('getProductSales', `select s.currency_code as "currency_code", s.order_count as "order_count", s.units_sold as "units_sold",
       s.units_returned as "units_returned", s.gross_amount as "gross_amount",
       s.discount_amount as "discount_amount"
  from api.sales_by_product as s
 where s.tenant_id = $1 and s.id = $2
 order by s.currency_code`, ['tenantId!', 'productId!'], { callers: ['member', 'worker', 'platform'] });

/** What createProduct takes. */
export interface CreateProductParams {
  /** The former price to show struck through; always above price. */
  compareAtPrice?: string | null | undefined;
  /** ISO 4217 code of price and compareAtPrice. */
  currencyCode: string;
  /** Full description, at most 64 KiB. */
  description?: string | null | undefined;
  /** Whether it is offered to shoppers. */
  isActive?: boolean | null | undefined;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  productType?: ProductType | null | undefined;
  /** The seller; an order holds products of one seller. */
  sellerId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription?: string | null | undefined;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null | undefined;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createProduct. */
export interface CreateProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Adds a product without stock (see adjustInventory). FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT.
 */
export const createProduct = new OneQuery<CreateProductParams, CreateProductResult>('createProduct', `insert into api.products (
  seller_id, name, description, short_description, sku, product_type, price, compare_at_price, currency_code,
  tax_rate, is_active
)
select $1::uuid, $2::text, coalesce($3::text, ''), $4::text, $5::text,
       coalesce($6::text, 'physical'), $7::numeric, $8::numeric, $9::text,
       coalesce($10::numeric, 0), coalesce($11::boolean, true)
  from api.tenant as t
 where t.id = $12
returning id, version`, ['sellerId!', 'name!', 'description', 'shortDescription', 'sku', 'productType', 'price!', 'compareAtPrice', 'currencyCode!', 'taxRate', 'isActive', 'tenantId!'], { callers: ['member'], closedSets: { productType: productTypes } });

/** What createProducts takes. */
export interface CreateProductsParams {
  /** The products to add. */
  products: readonly NewProduct[];
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of createProducts. */
export interface CreateProductsResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Adds products without stock, all or none, in the order given; about a thousand for each call is advised.
 * FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT, INVALID_INPUT.
 */
export const createProducts = new ManyQuery<CreateProductsParams, CreateProductsResult>('createProducts', `insert into api.products (
  seller_id, name, description, short_description, sku, product_type, price, compare_at_price, currency_code,
  tax_rate, track_inventory, allow_backorder, low_stock_threshold, is_active, visible_channels, metadata
)
select p.seller_id, p.name, coalesce(p.description, ''), p.short_description, p.sku,
       coalesce(p.product_type, 'physical'), p.price, p.compare_at_price, p.currency_code, coalesce(p.tax_rate, 0),
       coalesce(p.track_inventory, true), coalesce(p.allow_backorder, false), p.low_stock_threshold,
       coalesce(p.is_active, true), p.visible_channels, coalesce(p.metadata, '{}')
  from api.tenant as t,
       jsonb_to_recordset($1::jsonb) as p (
         seller_id uuid, name text, description text, short_description text, sku text, product_type text,
         price numeric, compare_at_price numeric, currency_code text, tax_rate numeric, track_inventory boolean,
         allow_backorder boolean, low_stock_threshold integer, is_active boolean, visible_channels text[],
         metadata jsonb
       )
 where t.id = $2
returning id, sku, version`, ['products!', 'tenantId!'], { callers: ['member'], ownJson: ['products'] });

/** What updateProduct takes. */
export interface UpdateProductParams {
  /** Whether more can be ordered than is in stock. */
  allowBackorder?: boolean | null | undefined;
  /** The former price to show struck through; always above price. */
  compareAtPrice?: string | null | undefined;
  /** Full description, at most 64 KiB. */
  description?: string | null | undefined;
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** Whether it is offered to shoppers. */
  isActive?: boolean | null | undefined;
  /** Stock at or below this is reported as low; NULL: never. */
  lowStockThreshold?: number | null | undefined;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata?: JsonObject | null | undefined;
  /** Name shown to shoppers, at most 200 characters. */
  name?: string | null | undefined;
  /** Price of one unit before tax, in currencyCode; at most as many decimals as the currency has. */
  price?: string | null | undefined;
  /** The product. */
  productId: string;
  /** One or two sentences for lists and chat cards. */
  shortDescription?: string | null | undefined;
  /** The merchant's own article number, unique among live products. */
  sku?: string | null | undefined;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  taxRate?: string | null | undefined;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
  /** Whether orders take from inventoryCount; off for services and downloads. */
  trackInventory?: boolean | null | undefined;
  /** Channels in which it is offered; NULL: in every channel. */
  visibleChannels?: ChannelType[] | null | undefined;
}

/** A row of updateProduct. */
export interface UpdateProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the version that it read. */
  version: number;
}

/**
 * Changes what is given and keeps what is NULL; an empty sku, short description or list of channels, and a
 * compare-at price of 0, clear the value. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, INVALID_AMOUNT.
 */
export const updateProduct = new OneQuery<UpdateProductParams, UpdateProductResult>('updateProduct', `update api.products as p
   set name = coalesce($1, p.name),
       description = coalesce($2, p.description),
       short_description = nullif(coalesce($3, p.short_description), ''),
       sku = nullif(coalesce($4, p.sku), ''),
       price = coalesce($5::numeric, p.price),
       compare_at_price = nullif(coalesce($6::numeric, p.compare_at_price), 0),
       tax_rate = coalesce($7::numeric, p.tax_rate),
       track_inventory = coalesce($8::boolean, p.track_inventory),
       allow_backorder = coalesce($9::boolean, p.allow_backorder),
       low_stock_threshold = coalesce($10::integer, p.low_stock_threshold),
       is_active = coalesce($11::boolean, p.is_active),
       visible_channels = nullif(coalesce($12::text[], p.visible_channels), '{}'),
       metadata = coalesce($13::jsonb, p.metadata),
       version = $14
 where p.tenant_id = $15 and p.id = $16
returning p.id, p.version`, ['name', 'description', 'shortDescription', 'sku', 'price', 'compareAtPrice', 'taxRate', 'trackInventory', 'allowBackorder', 'lowStockThreshold', 'isActive', 'visibleChannels', 'metadata', 'expectedVersion!', 'tenantId!', 'productId!'], { callers: ['member'], closedSets: { visibleChannels: channelTypes } });

/** What deleteProduct takes. */
export interface DeleteProductParams {
  /** The version that was read; if there is a newer one, nothing is changed. */
  expectedVersion: number;
  /** The product. */
  productId: string;
  /** The tenant; withTenant fills it in. */
  tenantId: string;
}

/** A row of deleteProduct. */
export interface DeleteProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
}

/**
 * Marks a product deleted; restoreRecord brings it back. Null: not found, or changed since it was read.
 * FORBIDDEN.
 */
export const deleteProduct = new MaybeOneQuery<DeleteProductParams, DeleteProductResult>('deleteProduct', `delete from api.products as p
 where p.tenant_id = $1 and p.id = $2 and p.version = $3
returning p.id`, ['tenantId!', 'productId!', 'expectedVersion!'], { callers: ['member'] });

/** What importProducts takes. */
export interface ImportProductsParams {
  /** At most 1000. */
  products: readonly ProductImport[];
  /** The seller of the products; without one, the session's seller. */
  sellerId?: string | null | undefined;
}

/** A row of importProducts. */
export interface ImportProductsResult {
  /** Why it failed. */
  code: string | null;
  /** The field that is wrong. */
  field: string | null;
  /** Why it failed, in words. */
  message: string | null;
  /** What became of it. */
  outcome: 'created' | 'updated' | 'unchanged' | 'failed';
  /** The product. */
  productId: string | null;
  /** The number of the row, from 1. */
  rowNumber: number;
  /** Its sku. */
  sku: string | null;
}

/**
 * Creates or changes up to 1000 products of one seller, the session's unless one is named, by their sku; returns an
 * outcome for each row, in the order given. A row that fails leaves the others alone; code is the SQLSTATE of its
 * failure. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
 */
export const importProducts = new ManyQuery<ImportProductsParams, ImportProductsResult>('importProducts', `select r.row_number as "row_number", r.sku, r.product_id, r.outcome as "outcome", r.code, r.field, r.message
  from api.import_products($1::jsonb, $2) as r`, ['products!', 'sellerId'], { callers: ['member', 'worker'], ownJson: ['products'] });
