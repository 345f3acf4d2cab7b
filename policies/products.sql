-- Undo: select internal.detach_policies('commerce.products'); revoke all on api.low_stock from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system;
select internal.attach_tenant_policies('commerce.products');

-- Every member of the staff, and every seller, sees the catalogue of the tenant.
create policy select_member on commerce.products for select to commerce_member
  using (true);

create policy insert_member on commerce.products for insert to commerce_member
  with check ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()));

create policy update_member on commerce.products for update to commerce_member
  using ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()))
  with check ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()));

create policy select_buyer on commerce.products for select to commerce_buyer
  using (is_active);

create policy select_anonymous on commerce.products for select to commerce_anonymous
  using (is_active);

-- api.search_products reads as this role and states the tenant itself: under the tenant policy its
-- full-text and trigram operators, which are not leakproof, could not use an index.
create policy select_system on commerce.products for select to commerce_system
  using (true);

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, seller_id, price, compare_at_price, currency_code, tax_rate, inventory_count,
  low_stock_threshold, track_inventory, allow_backorder, is_active, published_at, name, description,
  short_description, sku, product_type, visible_channels, metadata, version, is_deleted, created_at,
  updated_at
) on commerce.products to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, seller_id, price, compare_at_price, currency_code, tax_rate, inventory_count,
  low_stock_threshold, track_inventory, allow_backorder, is_active, published_at, name, description,
  short_description, sku, product_type, visible_channels, metadata, version, is_deleted, created_at,
  updated_at
) on api.products to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, seller_id, price, compare_at_price, currency_code, tax_rate, is_active,
  published_at, name, description, short_description, sku, product_type, visible_channels,
  is_deleted, created_at, updated_at
) on api.products to commerce_buyer, commerce_anonymous;
grant insert (
  seller_id, price, compare_at_price, currency_code, tax_rate, low_stock_threshold, track_inventory,
  allow_backorder, is_active, published_at, name, description, short_description, sku, product_type,
  visible_channels, metadata
) on commerce.products, api.products to commerce_member;
grant update (
  price, compare_at_price, currency_code, tax_rate, low_stock_threshold, track_inventory,
  allow_backorder, is_active, published_at, name, description, short_description, sku, product_type,
  visible_channels, metadata, version, is_deleted
) on commerce.products, api.products to commerce_member;
grant delete on api.products to commerce_member;
grant select, insert, update on commerce.products to commerce_definer;
grant select (tenant_id, id), delete on commerce.products to commerce_purge;
grant select on api.products to commerce_definer;
grant select (
  id, tenant_id, seller_id, price, currency_code, inventory_count, track_inventory, allow_backorder,
  is_active, name, short_description, visible_channels, search_vector, is_deleted
) on commerce.products to commerce_system;

revoke all on api.low_stock
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_system;
grant select on api.low_stock to commerce_member, commerce_worker, commerce_platform;
