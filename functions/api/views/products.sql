create or replace view api.products
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.seller_id,
       t.price,
       t.compare_at_price,
       t.currency_code,
       t.tax_rate,
       t.inventory_count,
       t.reserved_count,
       t.on_hand_count,
       t.low_stock_threshold,
       t.track_inventory,
       t.allow_backorder,
       t.is_active,
       t.published_at,
       t.name,
       t.description,
       t.short_description,
       t.sku,
       t.product_type,
       t.visible_channels,
       t.metadata,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at,
       t.is_active and t.track_inventory and t.low_stock_threshold is not null
         and t.inventory_count <= t.low_stock_threshold as is_low_stock
  from commerce.products as t
 where not t.is_deleted;

select internal.copy_comments('api.products', 'commerce.products');
comment on column api.products.is_low_stock is 'Whether it is on sale and its stock is at or below the threshold.
@notNull
@behavior +filterBy -orderBy';

create or replace trigger soft_delete
  instead of delete on api.products
  for each row execute function internal.tg__soft_delete_view('products.manage');
