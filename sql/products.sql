-- Live products that fit all filters given, the newest first, in pages, for staff; shoppers use searchProducts. Prices
-- in currency_code. Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT,
-- TENANT_REQUIRED.
-- @type productTypes readonly ProductType[]
-- @type order 'newest' | 'oldest'
/* @name listProducts :many */
select t.*, m.cursor as "cursor!"
  from api.list_products(
    p_product_types => :productTypes::text[], p_is_active => :isActive, p_seller_id => :sellerId, p_sku => :sku,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (product_id, cursor, place)
 cross join lateral (
    select t.id, t.seller_id, t.name, t.short_description, t.sku, t.product_type, t.price, t.compare_at_price,
           t.currency_code, t.inventory_count, t.is_active, t.version, t.created_at, t.updated_at
      from api.products as t
     where t.tenant_id = :tenantId! and t.id = m.product_id
    offset 0
  ) as t
 order by m.place;

-- How many products are on sale and how many are not, up to 1000 of each, with the filters of listProducts.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type productTypes readonly ProductType[]
/* @name countProducts :many */
select c.is_active as "is_active!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_products(p_product_types => :productTypes::text[], p_is_active => :isActive, p_seller_id => :sellerId, p_sku => :sku, p_from => :from, p_to => :to) as c;

-- One product for staff, or null. Prices in currency_code, tax_rate as a share of the price.
/* @name getProduct :maybeOne */
select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,
       p.compare_at_price, p.currency_code, p.tax_rate, p.track_inventory, p.allow_backorder, p.inventory_count,
       p.low_stock_threshold, p.is_active, p.published_at, p.visible_channels, p.metadata, p.version,
       p.created_at, p.updated_at
  from api.products as p
 where p.tenant_id = :tenantId! and p.id = :productId!;

-- One product that is on sale, for shoppers and visitors, or null. Prices in currency_code.
-- @doc is_available Whether it can be ordered now.
/* @name getProductForSale :maybeOne */
select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,
       p.compare_at_price, p.currency_code, p.tax_rate, p.published_at, p.visible_channels,
       api.product_is_available(p.id) as "is_available!"
  from api.products as p
 where p.tenant_id = :tenantId! and p.id = :productId! and p.is_active;

-- The session's tenant's active products by words or nearly right spelling, best first, or the newest first
-- without a query; in pages of at most 100. Prices in currency_code. INVALID_INPUT.
/* @name searchProducts :many */
select s.product_id as "product_id!", s.name as "name!", s.short_description, s.price as "price!",
       s.currency_code as "currency_code!", s.seller_id as "seller_id!", s.is_available as "is_available!",
       s.rank as "rank!", s.cursor as "cursor!"
  from api.search_products(
    p_query => :query, p_channel => :channel, p_seller_id => :sellerId, p_price_min => :priceMin,
    p_price_max => :priceMax, p_first => :first!, p_after => :after
  ) as s;

-- Tracked products on sale at or below their threshold, the scarcest first, in pages.
/* @name listLowStock :many */
select p.id as "id!", p.seller_id as "seller_id!", p.name as "name!", p.sku, p.inventory_count as "inventory_count!",
       p.low_stock_threshold as "low_stock_threshold!", json_build_array(p.inventory_count, p.id) as "cursor!"
  from api.low_stock as p
 where p.tenant_id = :tenantId!
   and (:after::jsonb is null
     or (p.inventory_count, p.id) > ((:after::jsonb ->> 0)::integer, (:after::jsonb ->> 1)::uuid))
 order by p.inventory_count, p.id
 limit :first!;

-- What a product has sold so far, a row for each currency; drafts and cancelled orders do not count.
/* @name getProductSales :many */
select s.currency_code as "currency_code!", s.order_count as "order_count!", s.units_sold as "units_sold!",
       s.units_returned as "units_returned!", s.gross_amount as "gross_amount!",
       s.discount_amount as "discount_amount!"
  from api.sales_by_product as s
 where s.tenant_id = :tenantId! and s.id = :productId!
 order by s.currency_code;

-- Adds a product without stock (see adjustInventory). FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT.
/* @name createProduct :one */
insert into api.products (
  seller_id, name, description, short_description, sku, product_type, price, compare_at_price, currency_code,
  tax_rate, is_active
)
select :sellerId!::uuid, :name!::text, coalesce(:description::text, ''), :shortDescription::text, :sku::text,
       coalesce(:productType::text, 'physical'), :price!::numeric, :compareAtPrice::numeric, :currencyCode!::text,
       coalesce(:taxRate::numeric, 0), coalesce(:isActive::boolean, true)
  from api.tenant as t
 where t.id = :tenantId!
returning id, version;

-- Adds products without stock, all or none, in the order given; about a thousand for each call is advised.
-- FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT, INVALID_INPUT.
-- @json products readonly NewProduct[]
-- @doc products The products to add.
/* @name createProducts :many */
insert into api.products (
  seller_id, name, description, short_description, sku, product_type, price, compare_at_price, currency_code,
  tax_rate, track_inventory, allow_backorder, low_stock_threshold, is_active, visible_channels, metadata
)
select p.seller_id, p.name, coalesce(p.description, ''), p.short_description, p.sku,
       coalesce(p.product_type, 'physical'), p.price, p.compare_at_price, p.currency_code, coalesce(p.tax_rate, 0),
       coalesce(p.track_inventory, true), coalesce(p.allow_backorder, false), p.low_stock_threshold,
       coalesce(p.is_active, true), p.visible_channels, coalesce(p.metadata, '{}')
  from api.tenant as t,
       jsonb_to_recordset(:products!::jsonb) as p (
         seller_id uuid, name text, description text, short_description text, sku text, product_type text,
         price numeric, compare_at_price numeric, currency_code text, tax_rate numeric, track_inventory boolean,
         allow_backorder boolean, low_stock_threshold integer, is_active boolean, visible_channels text[],
         metadata jsonb
       )
 where t.id = :tenantId!
returning id, sku, version;

-- Changes what is given and keeps what is NULL; an empty sku, short description or list of channels, and a
-- compare-at price of 0, clear the value. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN, INVALID_AMOUNT.
/* @name updateProduct :one */
update api.products as p
   set name = coalesce(:name, p.name),
       description = coalesce(:description, p.description),
       short_description = nullif(coalesce(:shortDescription, p.short_description), ''),
       sku = nullif(coalesce(:sku, p.sku), ''),
       price = coalesce(:price::numeric, p.price),
       compare_at_price = nullif(coalesce(:compareAtPrice::numeric, p.compare_at_price), 0),
       tax_rate = coalesce(:taxRate::numeric, p.tax_rate),
       track_inventory = coalesce(:trackInventory::boolean, p.track_inventory),
       allow_backorder = coalesce(:allowBackorder::boolean, p.allow_backorder),
       low_stock_threshold = coalesce(:lowStockThreshold::integer, p.low_stock_threshold),
       is_active = coalesce(:isActive::boolean, p.is_active),
       visible_channels = nullif(coalesce(:visibleChannels::text[], p.visible_channels), '{}'),
       metadata = coalesce(:metadata::jsonb, p.metadata),
       version = :expectedVersion!
 where p.tenant_id = :tenantId! and p.id = :productId!
returning p.id, p.version;

-- Marks a product deleted; restoreRecord brings it back. Null: not found, or changed since it was read.
-- FORBIDDEN.
/* @name deleteProduct :maybeOne */
delete from api.products as p
 where p.tenant_id = :tenantId! and p.id = :productId! and p.version = :expectedVersion!
returning p.id;

-- Creates or changes up to 1000 products of one seller, the session's unless one is named, by their sku; returns an
-- outcome for each row, in the order given. A row that fails leaves the others alone; code is the SQLSTATE of its
-- failure. FORBIDDEN, NOT_FOUND, INVALID_INPUT.
-- @json products readonly ProductImport[]
-- @type field string
-- @type outcome 'created' | 'updated' | 'unchanged' | 'failed'
/* @name importProducts :many */
select r.row_number as "row_number!", r.sku, r.product_id, r.outcome as "outcome!", r.code, r.field, r.message
  from api.import_products(:products!::jsonb, :sellerId) as r;
