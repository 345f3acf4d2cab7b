select internal.attach_tenant_table('commerce.products');
select internal.attach_currency_scale('commerce.products', 'price', 'compare_at_price');

-- The limit holds for every writer, and for a deleted row that is brought back.
create or replace trigger _800_plan_limit
  after insert on commerce.products
  for each row execute function internal.tg__plan_limit('products', 'product');

create or replace trigger _810_plan_limit_restore
  after update of is_deleted on commerce.products
  for each row when (old.is_deleted and not new.is_deleted)
  execute function internal.tg__plan_limit('products', 'product');

create or replace trigger _210_publish
  before insert on commerce.products
  for each row when (new.is_active) execute function internal.tg_products__publish();

create or replace trigger _220_publish_again
  before update on commerce.products
  for each row
  when (
    new.is_active and not new.is_deleted
    and (not old.is_active or old.is_deleted or old.seller_id <> new.seller_id)
  )
  execute function internal.tg_products__publish();

-- Every member of the staff, and every seller, sees the catalogue of the tenant.
create policy select_member on commerce.products for select to commerce_member
  using (true);

create policy insert_member on commerce.products for insert to commerce_member
  with check (seller_id = (select internal.seller_id()) or (select internal.must_have('products.manage')));

create policy update_member on commerce.products for update to commerce_member
  using (
    (select internal.seller_id() is not null or internal.must_have('products.manage'))
    and ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()))
  )
  with check ((select internal.has_permission('products.manage')) or seller_id = (select internal.seller_id()));

create policy select_buyer on commerce.products for select to commerce_buyer
  using (is_active and (select internal.banned_seller_gate())[seller_tag] is null);

create policy select_anonymous on commerce.products for select to commerce_anonymous
  using (is_active and (select internal.banned_seller_gate())[seller_tag] is null);

-- api.search_products reads as this role and states the tenant itself: under the tenant policy its
-- full-text and trigram operators, which are not leakproof, could not use an index.
create policy select_system on commerce.products for select to commerce_system
  using (true);

select internal.grant_select('api.products');
select internal.grant_select('api.products', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, seller_id, price, compare_at_price, currency_code, tax_rate, is_active, published_at,
  name, description, short_description, sku, product_type, visible_channels, is_deleted, created_at,
  updated_at
}');
select internal.grant_write('api.products', '{commerce_member}', '{
  price, compare_at_price, currency_code, tax_rate, low_stock_threshold, track_inventory, allow_backorder,
  is_active, published_at, name, description, short_description, sku, product_type, visible_channels, metadata
}', p_insert => '{seller_id}', p_update => '{version, is_deleted}');
grant delete on api.products to commerce_member;
grant select (
  id, tenant_id, seller_id, price, currency_code, inventory_count, track_inventory, allow_backorder,
  is_active, name, short_description, visible_channels, search_vector, is_deleted
) on commerce.products to commerce_system;

grant select on api.low_stock to commerce_member, commerce_worker, commerce_platform;
