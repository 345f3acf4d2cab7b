create or replace view api.low_stock
  with (security_invoker = true)
as
select p.id,
       p.tenant_id,
       p.seller_id,
       p.name,
       p.sku,
       p.inventory_count,
       p.low_stock_threshold
  from commerce.products as p
 where not p.is_deleted
   and p.is_active
   and p.track_inventory
   and p.inventory_count <= p.low_stock_threshold;

comment on view api.low_stock is 'Products on sale whose stock is at or below their threshold.
@behavior -*';
comment on column api.low_stock.id is 'The product.';
comment on column api.low_stock.tenant_id is 'The merchant.';
comment on column api.low_stock.seller_id is 'The seller.';
comment on column api.low_stock.name is 'Its name.';
comment on column api.low_stock.sku is 'The merchant''s own number of it.';
comment on column api.low_stock.inventory_count is 'Units that can still be sold.';
comment on column api.low_stock.low_stock_threshold is 'The threshold.';
