-- The storefront of a merchant: its themes, its files and its published versions.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.storefront_theme (
  id uuid constraint storefront_theme_pkey primary key default internal.uuid_v7(),
  tenant_key uuid not null,
  tenant_id uuid default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  is_system boolean not null default false,
  name text not null,
  description text,
  tokens jsonb not null default '{}',
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint storefront_theme_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint storefront_theme_system_has_no_tenant check (is_system = (tenant_id is null)),
  constraint storefront_theme_name_length check (length(name) <= 200 and not internal.is_blank(name)),
  constraint storefront_theme_description_size check (octet_length(description) <= 65536),
  constraint storefront_theme_tokens_is_object check (jsonb_typeof(tokens) = 'object'),
  constraint storefront_theme_tokens_size check (octet_length(tokens::text) <= 65536),
  constraint storefront_theme_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index storefront_theme_deleted_at_idx on commerce.storefront_theme (tenant_id, deleted_at) where is_deleted;
create index storefront_theme_tenant_id_idx on commerce.storefront_theme (tenant_id);
create unique index storefront_theme_tenant_id_name_key on commerce.storefront_theme (tenant_id, name)
  nulls not distinct where not is_deleted;
create unique index storefront_theme_tenant_key_id_key on commerce.storefront_theme (tenant_key, id);
alter table commerce.storefront_theme replica identity using index storefront_theme_tenant_key_id_key;

comment on table commerce.storefront_theme is 'Themes of storefronts: the platform''s, which everyone may use, and each merchant''s own.';
comment on column commerce.storefront_theme.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront_theme.tenant_key is 'The tenant_id, or zeros for a theme of the platform; maintained by a trigger.';
comment on column commerce.storefront_theme.tenant_id is 'The merchant; NULL for a theme of the platform.';
comment on column commerce.storefront_theme.is_system is 'Whether it is a theme of the platform.';
comment on column commerce.storefront_theme.name is 'Name, unique among the merchant''s live themes.';
comment on column commerce.storefront_theme.description is 'What it looks like.';
comment on column commerce.storefront_theme.tokens is 'Colours, typography, layout and component styles, a JSON object of at most 64 KiB.';
comment on column commerce.storefront_theme.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.storefront_theme.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.storefront_theme.deleted_at is 'When it was deleted.';
comment on column commerce.storefront_theme.created_at is 'When the row was made.';
comment on column commerce.storefront_theme.updated_at is 'When the row last changed.';

create table commerce.storefront_asset (
  id uuid constraint storefront_asset_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  created_by_hash integer generated always as (uuid_hash(created_by) >> 1) stored,
  created_by uuid default internal.user_id(),
  size_bytes bigint,
  width integer,
  height integer,
  is_private boolean not null default false,
  is_payment_proof boolean not null default false,
  file_name text not null,
  file_type text not null,
  url text not null,
  mime_type text,
  sha256 bytea,
  alt_text text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint storefront_asset_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint storefront_asset_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint storefront_asset_size_bytes_not_negative check (size_bytes >= 0),
  constraint storefront_asset_width_positive check (width > 0),
  constraint storefront_asset_height_positive check (height > 0),
  constraint storefront_asset_file_name_length check (length(file_name) <= 255 and not internal.is_blank(file_name)),
  constraint storefront_asset_file_type_set check (file_type in ('image', 'video', 'document', 'audio', 'other')),
  constraint storefront_asset_url_length check (length(url) between 1 and 2048),
  constraint storefront_asset_mime_type_length check (length(mime_type) <= 255),
  constraint storefront_asset_sha256_length check (octet_length(sha256) = 32),
  constraint storefront_asset_alt_text_length check (length(alt_text) <= 2048),
  constraint storefront_asset_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index storefront_asset_deleted_at_idx on commerce.storefront_asset (tenant_id, deleted_at) where is_deleted;
create index storefront_asset_tenant_id_file_type_created_at_idx
  on commerce.storefront_asset (tenant_id, file_type, created_at desc) where not is_deleted;
create index storefront_asset_tenant_id_created_by_idx on commerce.storefront_asset (tenant_id, created_by);
create unique index storefront_asset_tenant_id_id_key on commerce.storefront_asset (tenant_id, id);
create unique index storefront_asset_tenant_id_sha256_key on commerce.storefront_asset (tenant_id, sha256)
  where sha256 is not null and not is_deleted;
alter table commerce.storefront_asset replica identity using index storefront_asset_tenant_id_id_key;

comment on table commerce.storefront_asset is 'Files of a merchant: pictures, videos and documents.';
comment on column commerce.storefront_asset.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront_asset.tenant_id is 'The merchant.';
comment on column commerce.storefront_asset.created_by is 'The person who uploaded it; set by the database.';
comment on column commerce.storefront_asset.size_bytes is 'Size in bytes; counts against the plan''s storage.';
comment on column commerce.storefront_asset.width is 'Width in pixels.';
comment on column commerce.storefront_asset.height is 'Height in pixels.';
comment on column commerce.storefront_asset.is_private is 'Whether it is hidden from visitors, as a proof of payment is.';
comment on column commerce.storefront_asset.is_payment_proof is 'A buyer''s proof of payment: only staff who manage payments may change, publish or delete it.';
comment on column commerce.storefront_asset.file_name is 'Name that it was uploaded under.';
comment on column commerce.storefront_asset.file_type is 'Kind of file.';
comment on column commerce.storefront_asset.url is 'Where it is stored.';
comment on column commerce.storefront_asset.mime_type is 'Media type, such as image/png.';
comment on column commerce.storefront_asset.sha256 is 'SHA-256 of the content, to find a file that is there already.';
comment on column commerce.storefront_asset.alt_text is 'Alternative text, for people who cannot see the picture.';
comment on column commerce.storefront_asset.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.storefront_asset.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.storefront_asset.deleted_at is 'When it was deleted.';
comment on column commerce.storefront_asset.created_at is 'When the row was made.';
comment on column commerce.storefront_asset.updated_at is 'When the row last changed.';

create table commerce.storefront (
  id uuid constraint storefront_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  theme_id uuid not null,
  published_version_id uuid,
  published_by uuid,
  is_published boolean not null default false,
  domain_verified_at timestamptz,
  published_at timestamptz,
  custom_domain text,
  meta_title text,
  meta_description text,
  config jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint storefront_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint storefront_theme_id_fkey foreign key (theme_id)
    references commerce.storefront_theme (id) on delete restrict,
  constraint storefront_published_by_fkey foreign key (tenant_id, published_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint storefront_published_has_version check (is_published <= (published_version_id is not null)),
  constraint storefront_custom_domain_form check (
    custom_domain = lower(custom_domain) and custom_domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'
  ),
  constraint storefront_custom_domain_length check (length(custom_domain) <= 253),
  constraint storefront_meta_title_length check (length(meta_title) <= 200 and not internal.is_blank(meta_title)),
  constraint storefront_meta_description_length check (length(meta_description) <= 2048),
  constraint storefront_config_is_object check (jsonb_typeof(config) = 'object'),
  constraint storefront_config_size check (octet_length(config::text) <= 65536)
);

create index storefront_theme_id_idx on commerce.storefront (theme_id);
alter table commerce.storefront
  add constraint storefront_tenant_id_key unique (tenant_id);
create unique index storefront_tenant_id_id_key on commerce.storefront (tenant_id, id);
alter table commerce.storefront replica identity using index storefront_tenant_id_id_key;

comment on table commerce.storefront is 'The storefront of a merchant; each merchant has one.';
comment on column commerce.storefront.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront.tenant_id is 'The merchant.';
comment on column commerce.storefront.theme_id is 'Its theme, which is one of the merchant''s or of the platform''s.';
comment on column commerce.storefront.published_version_id is 'The version that visitors see.';
comment on column commerce.storefront.published_by is 'The person who published it; set by the database.';
comment on column commerce.storefront.is_published is 'Whether visitors see it.';
comment on column commerce.storefront.domain_verified_at is 'When control of the custom domain was proved.';
comment on column commerce.storefront.published_at is 'When it was last published.';
comment on column commerce.storefront.custom_domain is 'The merchant''s own host name, lower case; unique on the whole platform.';
comment on column commerce.storefront.meta_title is 'Title for search engines.';
comment on column commerce.storefront.meta_description is 'Description for search engines.';
comment on column commerce.storefront.config is 'Layout and social links, a JSON object of at most 64 KiB.';
comment on column commerce.storefront.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.storefront.created_at is 'When the row was made.';
comment on column commerce.storefront.updated_at is 'When the row last changed.';

insert into internal.soft_delete_rule (parent, child, child_column, action, live_when)
values ('storefront_theme', 'storefront', 'theme_id', 'refuse', 'true');

create table commerce.storefront_versions (
  id uuid constraint storefront_versions_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  id_hash integer generated always as (uuid_hash(id) >> 1) stored,
  storefront_id uuid not null,
  theme_id uuid not null,
  created_by uuid default internal.user_id(),
  version_number integer not null,
  snapshot jsonb not null,
  change_summary text,
  created_at timestamptz not null default now(),
  constraint storefront_versions_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint storefront_versions_storefront_id_fkey foreign key (tenant_id, storefront_id)
    references commerce.storefront (tenant_id, id) on delete restrict,
  constraint storefront_versions_theme_id_fkey foreign key (theme_id)
    references commerce.storefront_theme (id) on delete restrict,
  constraint storefront_versions_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint storefront_versions_version_number_positive check (version_number > 0),
  constraint storefront_versions_snapshot_is_object check (jsonb_typeof(snapshot) = 'object'),
  constraint storefront_versions_snapshot_size check (octet_length(snapshot::text) <= 65536),
  constraint storefront_versions_change_summary_size check (octet_length(change_summary) <= 65536)
);

create index storefront_versions_theme_id_idx on commerce.storefront_versions (theme_id);
create index storefront_versions_tenant_id_created_by_idx on commerce.storefront_versions (tenant_id, created_by);
alter table commerce.storefront_versions
  add constraint storefront_versions_tenant_id_storefront_id_version_number_key
    unique (tenant_id, storefront_id, version_number),
  add constraint storefront_versions_tenant_id_storefront_id_id_key unique (tenant_id, storefront_id, id);
alter table commerce.storefront_versions replica identity using index storefront_versions_tenant_id_storefront_id_id_key;

comment on table commerce.storefront_versions is 'Published snapshots of a storefront; never changed.';
comment on column commerce.storefront_versions.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront_versions.tenant_id is 'The merchant.';
comment on column commerce.storefront_versions.storefront_id is 'The storefront.';
comment on column commerce.storefront_versions.theme_id is 'The theme it was published with.';
comment on column commerce.storefront_versions.created_by is 'The person who published it; set by the database.';
comment on column commerce.storefront_versions.version_number is 'Number of the version, from 1.';
comment on column commerce.storefront_versions.snapshot is 'What was published, a JSON object of at most 64 KiB.';
comment on column commerce.storefront_versions.change_summary is 'What is new in it.';
comment on column commerce.storefront_versions.created_at is 'When it was published.';

-- This foreign key comes last, because storefront and its versions refer to each other.
alter table commerce.storefront add constraint storefront_published_version_id_fkey
  foreign key (tenant_id, id, published_version_id)
  references commerce.storefront_versions (tenant_id, storefront_id, id) on delete no action deferrable;

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint storefront_custom_domain_form on commerce.storefront is 'custom_domain must be a host name in lower case, such as shop.example';
comment on constraint storefront_published_has_version on commerce.storefront is 'published_version_id must name the version that is published';
comment on constraint storefront_theme_system_has_no_tenant on commerce.storefront_theme is 'tenant_id must be given, unless the theme is the platform''s';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

alter table commerce.storefront drop constraint storefront_published_version_id_fkey;
drop table commerce.storefront_versions;
drop table commerce.storefront;
drop table commerce.storefront_asset;
drop table commerce.storefront_theme;
delete from internal.soft_delete_rule where parent = 'storefront_theme';
