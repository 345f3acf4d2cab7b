-- Live products, newest first, in pages: pass the last row's cursor to go on.
/* @name listProducts */
select p.id, p.seller_id, p.name, p.short_description, p.sku, p.product_type, p.price, p.compare_at_price,
       p.currency_code, p.inventory_count, p.is_active, p.version, p.created_at, p.updated_at,
       p.id || ' ' || p.created_at as "cursor!"
  from api.products as p
 where p.tenant_id = :tenantId!
   and (:isActive::boolean is null or p.is_active = :isActive)
   and (:after::text is null
     or (p.created_at, p.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))
 order by p.created_at desc, p.id desc
 limit :first!;

-- One product, or no row.
/* @name getProduct */
select p.id, p.seller_id, p.name, p.description, p.short_description, p.sku, p.product_type, p.price,
       p.compare_at_price, p.currency_code, p.tax_rate, p.track_inventory, p.allow_backorder, p.inventory_count,
       p.low_stock_threshold, p.is_active, p.published_at, p.visible_channels, p.metadata, p.version,
       p.created_at, p.updated_at
  from api.products as p
 where p.tenant_id = :tenantId! and p.id = :productId!;

-- The session's tenant's active products by words or nearly right spelling, best first; pass the last row's cursor to go on.
-- INVALID_INPUT.
/* @name searchProducts */
select s.product_id as "product_id!", s.name as "name!", s.short_description, s.price as "price!",
       s.currency_code as "currency_code!", s.seller_id as "seller_id!", s.is_available as "is_available!",
       s.rank as "rank!", s.cursor as "cursor!"
  from api.search_products(
    p_query => :query, p_channel => :channel, p_seller_id => :sellerId, p_price_min => :priceMin,
    p_price_max => :priceMax, p_first => :first!, p_after => :after
  ) as s;

-- Tracked products at or below their threshold.
/* @name listLowStock */
select p.id, p.name, p.sku, p.inventory_count, p.low_stock_threshold as "low_stock_threshold!"
  from api.products as p
 where p.tenant_id = :tenantId!
   and p.track_inventory
   and p.is_active
   and p.inventory_count <= p.low_stock_threshold
 order by p.inventory_count, p.id
 limit :first!;

-- A new product without stock (see adjustInventory). FORBIDDEN, ALREADY_EXISTS for a sku, INVALID_AMOUNT.
/* @name createProduct */
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

-- Changes what is given and keeps what is NULL; an empty sku or short description, and a compare-at
-- price of 0, clear the value. No row: not found. VERSION_CONFLICT, FORBIDDEN, INVALID_AMOUNT.
/* @name updateProduct */
update api.products as p
   set name = coalesce(:name, p.name),
       description = coalesce(:description, p.description),
       short_description = nullif(coalesce(:shortDescription, p.short_description), ''),
       sku = nullif(coalesce(:sku, p.sku), ''),
       price = coalesce(:price::numeric, p.price),
       compare_at_price = nullif(coalesce(:compareAtPrice::numeric, p.compare_at_price), 0),
       tax_rate = coalesce(:taxRate::numeric, p.tax_rate),
       is_active = coalesce(:isActive::boolean, p.is_active),
       version = :expectedVersion!
 where p.tenant_id = :tenantId! and p.id = :productId!
returning p.id, p.version;

-- Marks a product deleted; restoreRecord brings it back. No row: not found, or changed since it was read.
/* @name deleteProduct */
delete from api.products as p
 where p.tenant_id = :tenantId! and p.id = :productId! and p.version = :expectedVersion!
returning p.id;

-- Adds delta units (negative: takes them away) and writes the ledger. A repeat with the same key
-- changes nothing. FORBIDDEN, NOT_FOUND, OUT_OF_STOCK, IDEMPOTENCY_MISMATCH, INVALID_INPUT.
/* @name adjustInventory */
select m.id as "id!", m.product_id as "product_id!", m.delta as "delta!", m.balance_after as "balance_after!"
  from api.adjust_inventory(:productId!, :delta!, :movementReason!, :note, :idempotencyKey!) as m
 where m.tenant_id = :tenantId!;

-- The session's tenant's products whose ledger does not add up to their stock; no row is right. FORBIDDEN.
/* @name checkInventory */
select c.product_id as "product_id!", c.inventory_count as "inventory_count!", c.ledger_sum as "ledger_sum!"
  from api.check_inventory() as c;
