-- Undo: drop policy tenant on commerce.products; drop policy all_definer on commerce.products; drop policy all_purge on commerce.products; drop policy select_member on commerce.products; drop policy insert_member on commerce.products; drop policy update_member on commerce.products; drop policy select_buyer on commerce.products; drop policy select_anonymous on commerce.products; drop policy select_worker on commerce.products; drop policy select_platform on commerce.products; drop policy select_system on commerce.products; revoke all on commerce.products, api.products, api.low_stock from commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform, commerce_definer, commerce_purge, commerce_system; alter table commerce.products no force row level security; alter table commerce.products disable row level security;
alter table commerce.products enable row level security;
alter table commerce.products force row level security;

drop policy if exists tenant on commerce.products;
create policy tenant on commerce.products as restrictive for all
  to commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
     commerce_definer, commerce_purge
  using (tenant_id = (select internal.tenant_id()))
  with check (tenant_id = (select internal.tenant_id()));

-- Its functions check the caller; the policy above holds them to the tenant.
drop policy if exists all_definer on commerce.products;
create policy all_definer on commerce.products for all to commerce_definer
  using (true) with check (true);

-- internal.purge_deleted removes rows that it has locked; the policy above holds it to the tenant.
drop policy if exists all_purge on commerce.products;
create policy all_purge on commerce.products for all to commerce_purge
  using (true) with check (true);

-- Every member of the staff, and every seller, sees the catalogue of the tenant.
drop policy if exists select_member on commerce.products;
create policy select_member on commerce.products for select to commerce_member
  using (true);

drop policy if exists insert_member on commerce.products;
create policy insert_member on commerce.products for insert to commerce_member
  with check ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()));

drop policy if exists update_member on commerce.products;
create policy update_member on commerce.products for update to commerce_member
  using ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()))
  with check ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()));

drop policy if exists select_buyer on commerce.products;
create policy select_buyer on commerce.products for select to commerce_buyer
  using (is_active);

drop policy if exists select_anonymous on commerce.products;
create policy select_anonymous on commerce.products for select to commerce_anonymous
  using (is_active);

-- Webhooks and jobs serve every row of the tenant.
drop policy if exists select_worker on commerce.products;
create policy select_worker on commerce.products for select to commerce_worker
  using (true);

drop policy if exists select_platform on commerce.products;
create policy select_platform on commerce.products for select to commerce_platform
  using ((select internal.read_is_announced()));

-- api.search_products reads as this role and states the tenant itself: under the tenant policy its
-- full-text and trigram operators, which are not leakproof, could not use an index.
drop policy if exists select_system on commerce.products;
create policy select_system on commerce.products for select to commerce_system
  using (true);

revoke all on commerce.products, api.products
  from public, commerce_member, commerce_buyer, commerce_anonymous, commerce_worker, commerce_platform,
       commerce_definer, commerce_purge, commerce_system;
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
