// Generated from sql/products.sql by "npm run generate"; do not edit.
import type { ChannelType, MovementReason, ProductType } from '../closed-sets.ts';
import { PreparedQuery } from '../prepared-query.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

type NumberOrString = number | string;

type stringArray = (string)[];

/** 'ListProducts' parameters type */
export interface ListProductsParams {
  after?: string | null | void;
  first: NumberOrString;
  isActive?: boolean | null | void;
  tenantId: string;
}

/** 'ListProducts' return type */
export interface ListProductsResult {
  /** The former price to show struck through; always above price. */
  compare_at_price: string | null;
  /** When it was created. */
  created_at: Date;
  /** ISO 4217 code of price and compare_at_price. */
  currency_code: string;
  cursor: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allow_backorder. */
  inventory_count: number;
  /** Whether it is offered to shoppers. */
  is_active: boolean;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currency_code; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  product_type: ProductType;
  /** Who sells it; an order holds products of one seller. */
  seller_id: string;
  /** One or two sentences for lists and chat cards. */
  short_description: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** When it last changed. */
  updated_at: Date;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'ListProducts' query type */
export interface ListProductsQuery {
  params: ListProductsParams;
  result: ListProductsResult;
}

const listProductsIR: any = {"usedParamSet":{"tenantId":true,"isActive":true,"after":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":296,"b":305}]},{"name":"isActive","required":false,"transform":{"type":"scalar"},"locs":[{"a":315,"b":323},{"a":359,"b":367}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":378,"b":383},{"a":438,"b":443},{"a":469,"b":474}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":535,"b":541}]}],"statement":"select p.id, p.seller_id, p.name, p.short_description, p.sku, p.product_type, p.price, p.compare_at_price,\n       p.currency_code, p.inventory_count, p.is_active, p.version, p.created_at, p.updated_at,\n       p.id || ' ' || p.created_at as \"cursor!\"\n  from api.products as p\n where p.tenant_id = :tenantId!\n   and (:isActive::boolean is null or p.is_active = :isActive)\n   and (:after::text is null\n     or (p.created_at, p.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))\n order by p.created_at desc, p.id desc\n limit :first!"};

/**
 * Live products, newest first, in pages: pass the last row's cursor to go on.
 */
export const listProducts = new PreparedQuery<ListProductsParams,ListProductsResult>(listProductsIR);


/** 'GetProduct' parameters type */
export interface GetProductParams {
  productId: string;
  tenantId: string;
}

/** 'GetProduct' return type */
export interface GetProductResult {
  /** Whether more can be ordered than is in stock. */
  allow_backorder: boolean;
  /** The former price to show struck through; always above price. */
  compare_at_price: string | null;
  /** When it was created. */
  created_at: Date;
  /** ISO 4217 code of price and compare_at_price. */
  currency_code: string;
  /** Full description, at most 64 KiB. */
  description: string;
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allow_backorder. */
  inventory_count: number;
  /** Whether it is offered to shoppers. */
  is_active: boolean;
  /** Stock at or below this is reported as low; NULL: never. */
  low_stock_threshold: number | null;
  /** The merchant's own fields, a JSON object of at most 64 KiB; seen by staff only. */
  metadata: Json;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** Price of one unit before tax, in currency_code; at most as many decimals as the currency has. */
  price: string;
  /** physical is shipped, digital and service are not. */
  product_type: ProductType;
  /** When it was first offered, set by staff. */
  published_at: Date | null;
  /** Who sells it; an order holds products of one seller. */
  seller_id: string;
  /** One or two sentences for lists and chat cards. */
  short_description: string | null;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
  /** Tax as a share of the price: 0.075 is 7.5 %. */
  tax_rate: string;
  /** Whether orders take from inventory_count; off for services and downloads. */
  track_inventory: boolean;
  /** When it last changed. */
  updated_at: Date;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
  /** Channels in which it is offered; NULL: in every channel. */
  visible_channels: stringArray | null;
}

/** 'GetProduct' query type */
export interface GetProductQuery {
  params: GetProductParams;
  result: GetProductResult;
}

const getProductIR: any = {"usedParamSet":{"tenantId":true,"productId":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":397,"b":406}]},{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":419,"b":429}]}],"statement":"select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,\n       p.compare_at_price, p.currency_code, p.tax_rate, p.track_inventory, p.allow_backorder, p.inventory_count,\n       p.low_stock_threshold, p.is_active, p.published_at, p.visible_channels, p.metadata, p.version,\n       p.created_at, p.updated_at\n  from api.products as p\n where p.tenant_id = :tenantId! and p.id = :productId!"};

/**
 * One product, or no row.
 */
export const getProduct = new PreparedQuery<GetProductParams,GetProductResult>(getProductIR);


/** 'SearchProducts' parameters type */
export interface SearchProductsParams {
  after?: string | null | void;
  channel?: ChannelType | null | void;
  first: number;
  priceMax?: NumberOrString | null | void;
  priceMin?: NumberOrString | null | void;
  query?: string | null | void;
  sellerId?: string | null | void;
}

/** 'SearchProducts' return type */
export interface SearchProductsResult {
  currency_code: string;
  cursor: string;
  is_available: boolean;
  name: string;
  price: string;
  product_id: string;
  rank: number;
  seller_id: string;
  short_description: string | null;
}

/** 'SearchProducts' query type */
export interface SearchProductsQuery {
  params: SearchProductsParams;
  result: SearchProductsResult;
}

const searchProductsIR: any = {"usedParamSet":{"query":true,"channel":true,"sellerId":true,"priceMin":true,"priceMax":true,"first":true,"after":true},"params":[{"name":"query","required":false,"transform":{"type":"scalar"},"locs":[{"a":298,"b":303}]},{"name":"channel","required":false,"transform":{"type":"scalar"},"locs":[{"a":319,"b":326}]},{"name":"sellerId","required":false,"transform":{"type":"scalar"},"locs":[{"a":344,"b":352}]},{"name":"priceMin","required":false,"transform":{"type":"scalar"},"locs":[{"a":370,"b":378}]},{"name":"priceMax","required":false,"transform":{"type":"scalar"},"locs":[{"a":400,"b":408}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":422,"b":428}]},{"name":"after","required":false,"transform":{"type":"scalar"},"locs":[{"a":442,"b":447}]}],"statement":"select s.product_id as \"product_id!\", s.name as \"name!\", s.short_description, s.price as \"price!\",\n       s.currency_code as \"currency_code!\", s.seller_id as \"seller_id!\", s.is_available as \"is_available!\",\n       s.rank as \"rank!\", s.cursor as \"cursor!\"\n  from api.search_products(\n    p_query => :query, p_channel => :channel, p_seller_id => :sellerId, p_price_min => :priceMin,\n    p_price_max => :priceMax, p_first => :first!, p_after => :after\n  ) as s"};

/**
 * The session's tenant's active products by words or nearly right spelling, best first; pass the last row's cursor to go on.
 * INVALID_INPUT.
 */
export const searchProducts = new PreparedQuery<SearchProductsParams,SearchProductsResult>(searchProductsIR);


/** 'ListLowStock' parameters type */
export interface ListLowStockParams {
  first: NumberOrString;
  tenantId: string;
}

/** 'ListLowStock' return type */
export interface ListLowStockResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Units that can still be sold; moved by orders and adjust_inventory, below zero only with allow_backorder. */
  inventory_count: number;
  /** Stock at or below this is reported as low; NULL: never. */
  low_stock_threshold: number;
  /** Name shown to shoppers, at most 200 characters. */
  name: string;
  /** The merchant's own article number, unique among live products. */
  sku: string | null;
}

/** 'ListLowStock' query type */
export interface ListLowStockQuery {
  params: ListLowStockParams;
  result: ListLowStockResult;
}

const listLowStockIR: any = {"usedParamSet":{"tenantId":true,"first":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":141,"b":150}]},{"name":"first","required":true,"transform":{"type":"scalar"},"locs":[{"a":287,"b":293}]}],"statement":"select p.id, p.name, p.sku, p.inventory_count, p.low_stock_threshold as \"low_stock_threshold!\"\n  from api.products as p\n where p.tenant_id = :tenantId!\n   and p.track_inventory\n   and p.is_active\n   and p.inventory_count <= p.low_stock_threshold\n order by p.inventory_count, p.id\n limit :first!"};

/**
 * Tracked products at or below their threshold.
 */
export const listLowStock = new PreparedQuery<ListLowStockParams,ListLowStockResult>(listLowStockIR);


/** 'CreateProduct' parameters type */
export interface CreateProductParams {
  compareAtPrice?: NumberOrString | null | void;
  currencyCode: string;
  description?: string | null | void;
  isActive?: boolean | null | void;
  name: string;
  price: NumberOrString;
  productType?: ProductType | null | void;
  sellerId: string;
  shortDescription?: string | null | void;
  sku?: string | null | void;
  taxRate?: NumberOrString | null | void;
  tenantId: string;
}

/** 'CreateProduct' return type */
export interface CreateProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'CreateProduct' query type */
export interface CreateProductQuery {
  params: CreateProductParams;
  result: CreateProductResult;
}

const createProductIR: any = {"usedParamSet":{"sellerId":true,"name":true,"description":true,"shortDescription":true,"sku":true,"productType":true,"price":true,"compareAtPrice":true,"currencyCode":true,"taxRate":true,"isActive":true,"tenantId":true},"params":[{"name":"sellerId","required":true,"transform":{"type":"scalar"},"locs":[{"a":168,"b":177}]},{"name":"name","required":true,"transform":{"type":"scalar"},"locs":[{"a":186,"b":191}]},{"name":"description","required":false,"transform":{"type":"scalar"},"locs":[{"a":209,"b":220}]},{"name":"shortDescription","required":false,"transform":{"type":"scalar"},"locs":[{"a":234,"b":250}]},{"name":"sku","required":false,"transform":{"type":"scalar"},"locs":[{"a":259,"b":262}]},{"name":"productType","required":false,"transform":{"type":"scalar"},"locs":[{"a":287,"b":298}]},{"name":"price","required":true,"transform":{"type":"scalar"},"locs":[{"a":320,"b":326}]},{"name":"compareAtPrice","required":false,"transform":{"type":"scalar"},"locs":[{"a":338,"b":352}]},{"name":"currencyCode","required":true,"transform":{"type":"scalar"},"locs":[{"a":364,"b":377}]},{"name":"taxRate","required":false,"transform":{"type":"scalar"},"locs":[{"a":402,"b":409}]},{"name":"isActive","required":false,"transform":{"type":"scalar"},"locs":[{"a":434,"b":442}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":497,"b":506}]}],"statement":"insert into api.products (\n  seller_id, name, description, short_description, sku, product_type, price, compare_at_price, currency_code,\n  tax_rate, is_active\n)\nselect :sellerId!::uuid, :name!::text, coalesce(:description::text, ''), :shortDescription::text, :sku::text,\n       coalesce(:productType::text, 'physical'), :price!::numeric, :compareAtPrice::numeric, :currencyCode!::text,\n       coalesce(:taxRate::numeric, 0), coalesce(:isActive::boolean, true)\n  from api.tenant as t\n where t.id = :tenantId!\nreturning id, version"};

/**
 * A new product without stock (see adjustInventory). FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT.
 */
export const createProduct = new PreparedQuery<CreateProductParams,CreateProductResult>(createProductIR);


/** 'UpdateProduct' parameters type */
export interface UpdateProductParams {
  compareAtPrice?: NumberOrString | null | void;
  description?: string | null | void;
  expectedVersion: number;
  isActive?: boolean | null | void;
  name?: string | null | void;
  price?: NumberOrString | null | void;
  productId: string;
  shortDescription?: string | null | void;
  sku?: string | null | void;
  taxRate?: NumberOrString | null | void;
  tenantId: string;
}

/** 'UpdateProduct' return type */
export interface UpdateProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
  /** Version for optimistic locking: an update names the one it read. */
  version: number;
}

/** 'UpdateProduct' query type */
export interface UpdateProductQuery {
  params: UpdateProductParams;
  result: UpdateProductResult;
}

const updateProductIR: any = {"usedParamSet":{"name":true,"description":true,"shortDescription":true,"sku":true,"price":true,"compareAtPrice":true,"taxRate":true,"isActive":true,"expectedVersion":true,"tenantId":true,"productId":true},"params":[{"name":"name","required":false,"transform":{"type":"scalar"},"locs":[{"a":48,"b":52}]},{"name":"description","required":false,"transform":{"type":"scalar"},"locs":[{"a":94,"b":105}]},{"name":"shortDescription","required":false,"transform":{"type":"scalar"},"locs":[{"a":167,"b":183}]},{"name":"sku","required":false,"transform":{"type":"scalar"},"locs":[{"a":242,"b":245}]},{"name":"price","required":false,"transform":{"type":"scalar"},"locs":[{"a":285,"b":290}]},{"name":"compareAtPrice","required":false,"transform":{"type":"scalar"},"locs":[{"a":354,"b":368}]},{"name":"taxRate","required":false,"transform":{"type":"scalar"},"locs":[{"a":432,"b":439}]},{"name":"isActive","required":false,"transform":{"type":"scalar"},"locs":[{"a":492,"b":500}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":543,"b":559}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":582,"b":591}]},{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":604,"b":614}]}],"statement":"update api.products as p\n   set name = coalesce(:name, p.name),\n       description = coalesce(:description, p.description),\n       short_description = nullif(coalesce(:shortDescription, p.short_description), ''),\n       sku = nullif(coalesce(:sku, p.sku), ''),\n       price = coalesce(:price::numeric, p.price),\n       compare_at_price = nullif(coalesce(:compareAtPrice::numeric, p.compare_at_price), 0),\n       tax_rate = coalesce(:taxRate::numeric, p.tax_rate),\n       is_active = coalesce(:isActive::boolean, p.is_active),\n       version = :expectedVersion!\n where p.tenant_id = :tenantId! and p.id = :productId!\nreturning p.id, p.version"};

/**
 * Changes what is given and keeps what is NULL; an empty sku or short description, and a compare-at
 * price of 0, clear the value. No row: not found. VERSION_CONFLICT, FORBIDDEN, INVALID_AMOUNT.
 */
export const updateProduct = new PreparedQuery<UpdateProductParams,UpdateProductResult>(updateProductIR);


/** 'DeleteProduct' parameters type */
export interface DeleteProductParams {
  expectedVersion: number;
  productId: string;
  tenantId: string;
}

/** 'DeleteProduct' return type */
export interface DeleteProductResult {
  /** Identifier, ordered by time of creation. */
  id: string;
}

/** 'DeleteProduct' query type */
export interface DeleteProductQuery {
  params: DeleteProductParams;
  result: DeleteProductResult;
}

const deleteProductIR: any = {"usedParamSet":{"tenantId":true,"productId":true,"expectedVersion":true},"params":[{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":51,"b":60}]},{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":73,"b":83}]},{"name":"expectedVersion","required":true,"transform":{"type":"scalar"},"locs":[{"a":101,"b":117}]}],"statement":"delete from api.products as p\n where p.tenant_id = :tenantId! and p.id = :productId! and p.version = :expectedVersion!\nreturning p.id"};

/**
 * Marks a product deleted; restoreRecord brings it back. No row: not found, or changed since it was read.
 */
export const deleteProduct = new PreparedQuery<DeleteProductParams,DeleteProductResult>(deleteProductIR);


/** 'AdjustInventory' parameters type */
export interface AdjustInventoryParams {
  delta: number;
  idempotencyKey: string;
  movementReason: MovementReason;
  note?: string | null | void;
  productId: string;
  tenantId: string;
}

/** 'AdjustInventory' return type */
export interface AdjustInventoryResult {
  balance_after: number;
  delta: number;
  id: string;
  product_id: string;
}

/** 'AdjustInventory' query type */
export interface AdjustInventoryQuery {
  params: AdjustInventoryParams;
  result: AdjustInventoryResult;
}

const adjustInventoryIR: any = {"usedParamSet":{"productId":true,"delta":true,"movementReason":true,"note":true,"idempotencyKey":true,"tenantId":true},"params":[{"name":"productId","required":true,"transform":{"type":"scalar"},"locs":[{"a":138,"b":148}]},{"name":"delta","required":true,"transform":{"type":"scalar"},"locs":[{"a":151,"b":157}]},{"name":"movementReason","required":true,"transform":{"type":"scalar"},"locs":[{"a":160,"b":175}]},{"name":"note","required":false,"transform":{"type":"scalar"},"locs":[{"a":178,"b":182}]},{"name":"idempotencyKey","required":true,"transform":{"type":"scalar"},"locs":[{"a":185,"b":200}]},{"name":"tenantId","required":true,"transform":{"type":"scalar"},"locs":[{"a":229,"b":238}]}],"statement":"select m.id as \"id!\", m.product_id as \"product_id!\", m.delta as \"delta!\", m.balance_after as \"balance_after!\"\n  from api.adjust_inventory(:productId!, :delta!, :movementReason!, :note, :idempotencyKey!) as m\n where m.tenant_id = :tenantId!"};

/**
 * Adds delta units (negative: takes them away) and writes the ledger. A repeat with the same key
 * changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
 */
export const adjustInventory = new PreparedQuery<AdjustInventoryParams,AdjustInventoryResult>(adjustInventoryIR);


/** 'CheckInventory' parameters type */
type CheckInventoryParams = void;

/** 'CheckInventory' return type */
export interface CheckInventoryResult {
  inventory_count: number;
  ledger_sum: string;
  product_id: string;
}

/** 'CheckInventory' query type */
export interface CheckInventoryQuery {
  params: CheckInventoryParams;
  result: CheckInventoryResult;
}

const checkInventoryIR: any = {"usedParamSet":{},"params":[],"statement":"select c.product_id as \"product_id!\", c.inventory_count as \"inventory_count!\", c.ledger_sum as \"ledger_sum!\"\n  from api.check_inventory() as c"};

/**
 * The session's tenant's products whose ledger does not add up to their stock; no row is right. FORBIDDEN.
 */
export const checkInventory = new PreparedQuery<CheckInventoryParams,CheckInventoryResult>(checkInventoryIR);


