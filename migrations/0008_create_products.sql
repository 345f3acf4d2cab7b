-- The catalogue. A product carries its own price and stock; variants are left out on purpose.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.products (
  id uuid constraint products_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_id uuid not null,
  seller_tag text generated always as (seller_id::text) stored,
  price numeric not null,
  compare_at_price numeric,
  currency_code text not null,
  tax_rate numeric(6,4) not null default 0,
  inventory_count integer not null default 0,
  reserved_count integer not null default 0,
  on_hand_count integer not null generated always as (inventory_count + reserved_count) stored,
  low_stock_threshold integer,
  track_inventory boolean not null default true,
  allow_backorder boolean not null default false,
  is_active boolean not null default true,
  published_at timestamptz,
  name text not null,
  description text not null default '',
  short_description text,
  sku text,
  product_type text not null default 'physical',
  visible_channels text[],
  metadata jsonb not null default '{}',
  search_vector tsvector not null generated always as (
    setweight(to_tsvector('simple'::regconfig, name), 'A')
    || setweight(to_tsvector('simple'::regconfig, coalesce(sku, '')), 'A')
    || setweight(to_tsvector('simple'::regconfig, coalesce(short_description, '')), 'B')
    || setweight(to_tsvector('simple'::regconfig, description), 'C')
  ) stored,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint products_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint products_seller_id_fkey foreign key (tenant_id, seller_id)
    references commerce.seller_profile (tenant_id, id) on delete restrict,
  constraint products_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint products_price_not_negative check (price >= 0),
  constraint products_compare_at_price_above_price check (compare_at_price > price),
  constraint products_tax_rate_is_share check (tax_rate >= 0 and tax_rate < 1),
  constraint products_inventory_count_not_negative check (inventory_count >= 0 or allow_backorder),
  constraint products_reserved_count_not_negative check (reserved_count >= 0),
  constraint products_low_stock_threshold_not_negative check (low_stock_threshold >= 0),
  constraint products_name_length check (length(name) <= 200 and not internal.is_blank(name)),
  constraint products_description_size check (octet_length(description) <= 65536),
  constraint products_short_description_size check (octet_length(short_description) <= 65536),
  constraint products_sku_length check (length(sku) <= 255 and not internal.is_blank(sku)),
  constraint products_product_type_set check (product_type in ('physical', 'digital', 'service')),
  constraint products_visible_channels_set check (
    visible_channels <@ array[
      'whatsapp', 'instagram', 'facebook_messenger', 'telegram', 'tiktok', 'sms', 'email', 'web_chat',
      'storefront', 'phone', 'in_person', 'api'
    ]::text[]
  ),
  constraint products_visible_channels_count check (cardinality(visible_channels) <= 100),
  constraint products_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint products_metadata_size check (octet_length(metadata::text) <= 65536),
  constraint products_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index products_deleted_at_idx on commerce.products (tenant_id, deleted_at) where is_deleted;
create index products_tenant_id_is_active_created_at_idx
  on commerce.products (tenant_id, is_active, created_at desc) where not is_deleted;
create index products_tenant_id_is_active_id_idx on commerce.products (tenant_id, is_active, id) where not is_deleted;
create index products_tenant_id_seller_id_id_idx on commerce.products (tenant_id, seller_id, id);
create index products_tenant_id_search_vector_idx on commerce.products using gin (tenant_id, search_vector);
create index products_tenant_id_name_idx
  on commerce.products using gin (tenant_id, name internal.gin_trgm_ops);
create unique index products_tenant_id_id_key on commerce.products (tenant_id, id);
create unique index products_tenant_id_sku_key on commerce.products (tenant_id, sku)
  where sku is not null and not is_deleted;
alter table commerce.products replica identity using index products_tenant_id_id_key;

comment on table commerce.products is 'The catalogue: what a seller offers, at which price, and how many units can still be sold.';
comment on column commerce.products.id is 'Identifier, ordered by time of creation.';
comment on column commerce.products.tenant_id is 'The merchant whose catalogue this is.';
comment on column commerce.products.seller_id is 'The seller; an order holds products of one seller.';
comment on column commerce.products.price is 'Price of one unit before tax, in currency_code; at most as many decimals as the currency has.';
comment on column commerce.products.compare_at_price is 'The former price to show struck through; always above price.';
comment on column commerce.products.currency_code is 'ISO 4217 code of price and compare_at_price.';
comment on column commerce.products.tax_rate is 'Tax as a share of the price: 0.075 is 7.5 %.';
comment on column commerce.products.inventory_count is 'Units that can still be sold; moved by orders and adjust_inventory, below zero only with allow_backorder.';
comment on column commerce.products.reserved_count is 'Units that are sold and have not left the shop yet.';
comment on column commerce.products.on_hand_count is 'Units on the shelf: what can still be sold, and what is reserved; below zero where back-orders were sent before their goods were recorded.';
comment on column commerce.products.low_stock_threshold is 'Stock at or below this is reported as low; NULL: never.';
comment on column commerce.products.track_inventory is 'Whether orders take from inventory_count; off for services and downloads.';
comment on column commerce.products.allow_backorder is 'Whether more can be ordered than is in stock.';
comment on column commerce.products.is_active is 'Whether it is offered to shoppers.';
comment on column commerce.products.published_at is 'When it was first offered, set by staff.';
comment on column commerce.products.name is 'Name shown to shoppers, at most 200 characters.';
comment on column commerce.products.description is 'Full description, at most 64 KiB.';
comment on column commerce.products.short_description is 'One or two sentences for lists and chat cards.';
comment on column commerce.products.sku is 'The merchant''s own article number, unique among live products.';
comment on column commerce.products.product_type is 'physical is shipped, digital and service are not.';
comment on column commerce.products.visible_channels is 'Channels in which it is offered; NULL: in every channel.';
comment on column commerce.products.metadata is 'The merchant''s own fields, a JSON object of at most 64 KiB; seen by staff only.';
comment on column commerce.products.search_vector is 'Words of name and sku (weight A), short_description (B) and description (C); what search_products reads.';
comment on column commerce.products.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.products.is_deleted is 'Whether it is deleted; a deleted product can be restored.';
comment on column commerce.products.deleted_at is 'When it was deleted; NULL while it is live.';
comment on column commerce.products.created_at is 'When it was created.';
comment on column commerce.products.updated_at is 'When it last changed.';

-- Only orders and the stock functions move the stock, and every move has its row in inventory_movement.
insert into internal.derived_column (table_name, column_name)
values ('products', 'inventory_count'), ('products', 'reserved_count');

insert into internal.soft_delete_rule (parent, child, child_column, action)
values ('seller_profile', 'products', 'seller_id', 'refuse');

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint products_compare_at_price_above_price on commerce.products is 'compare_at_price must be above price';
comment on constraint products_inventory_count_not_negative on commerce.products is 'inventory_count must not be negative, unless the product may be ordered before it is in stock';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.soft_delete_rule where child = 'products';
delete from internal.derived_column where table_name = 'products';
drop table commerce.products;
