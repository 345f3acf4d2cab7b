-- Drafts of the storefront, which visitors do not see yet, and the banners, which they see.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.storefront_drafts (
  id uuid constraint storefront_drafts_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  storefront_id uuid not null,
  base_version_id uuid,
  theme_id uuid not null,
  created_by uuid default internal.user_id(),
  expires_at timestamptz,
  name text,
  config jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint storefront_drafts_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint storefront_drafts_storefront_id_fkey foreign key (tenant_id, storefront_id)
    references commerce.storefront (tenant_id, id) on delete cascade,
  constraint storefront_drafts_base_version_id_fkey foreign key (tenant_id, storefront_id, base_version_id)
    references commerce.storefront_versions (tenant_id, storefront_id, id) on delete restrict,
  constraint storefront_drafts_theme_id_fkey foreign key (theme_id)
    references commerce.storefront_theme (id) on delete restrict,
  constraint storefront_drafts_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint storefront_drafts_name_length check (length(name) <= 200 and not internal.is_blank(name)),
  constraint storefront_drafts_config_is_object check (jsonb_typeof(config) = 'object'),
  constraint storefront_drafts_config_size check (octet_length(config::text) <= 65536)
);

create index storefront_drafts_tenant_id_storefront_id_updated_at_idx
  on commerce.storefront_drafts (tenant_id, storefront_id, updated_at desc);
create index storefront_drafts_tenant_id_storefront_id_base_version_id_idx
  on commerce.storefront_drafts (tenant_id, storefront_id, base_version_id);
create index storefront_drafts_theme_id_idx on commerce.storefront_drafts (theme_id);
create index storefront_drafts_tenant_id_created_by_idx on commerce.storefront_drafts (tenant_id, created_by);
create unique index storefront_drafts_tenant_id_id_key on commerce.storefront_drafts (tenant_id, id);
alter table commerce.storefront_drafts replica identity using index storefront_drafts_tenant_id_id_key;

comment on table commerce.storefront_drafts is 'Work in progress on a storefront; there may be several drafts.';
comment on column commerce.storefront_drafts.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront_drafts.tenant_id is 'The merchant.';
comment on column commerce.storefront_drafts.storefront_id is 'The storefront.';
comment on column commerce.storefront_drafts.base_version_id is 'The published version that it began from.';
comment on column commerce.storefront_drafts.theme_id is 'Its theme, which is one of the merchant''s or of the platform''s.';
comment on column commerce.storefront_drafts.created_by is 'The person who began it; set by the database.';
comment on column commerce.storefront_drafts.expires_at is 'The time after which it may be deleted.';
comment on column commerce.storefront_drafts.name is 'Name for the staff.';
comment on column commerce.storefront_drafts.config is 'Layout and content, a JSON object of at most 64 KiB.';
comment on column commerce.storefront_drafts.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.storefront_drafts.created_at is 'When the row was made.';
comment on column commerce.storefront_drafts.updated_at is 'When the row last changed.';

create table commerce.storefront_banner (
  id uuid constraint storefront_banner_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  storefront_id uuid not null,
  asset_id uuid,
  priority integer not null default 0,
  is_active boolean not null default true,
  starts_at timestamptz,
  ends_at timestamptz,
  banner_type text not null default 'custom',
  placement text not null default 'homepage',
  title text,
  subtitle text,
  link_url text,
  locale text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint storefront_banner_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint storefront_banner_storefront_id_fkey foreign key (tenant_id, storefront_id)
    references commerce.storefront (tenant_id, id) on delete cascade,
  constraint storefront_banner_asset_id_fkey foreign key (tenant_id, asset_id)
    references commerce.storefront_asset (tenant_id, id) on delete restrict,
  constraint storefront_banner_banner_type_set check (
    banner_type in (
      'hero', 'promotional', 'announcement', 'category', 'seasonal', 'custom'
    )
  ),
  constraint storefront_banner_placement_set check (
    placement in (
      'header', 'homepage', 'category_page', 'product_page', 'footer', 'sidebar', 'popup'
    )
  ),
  constraint storefront_banner_ends_after_start check (ends_at > starts_at),
  constraint storefront_banner_shows_something check (asset_id is not null or title is not null),
  constraint storefront_banner_title_length check (length(title) <= 200 and not internal.is_blank(title)),
  constraint storefront_banner_subtitle_length check (length(subtitle) <= 500 and not internal.is_blank(subtitle)),
  constraint storefront_banner_link_url_length check (length(link_url) <= 2048),
  constraint storefront_banner_locale_length check (length(locale) <= 35),
  constraint storefront_banner_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index storefront_banner_storefront_id_placement_priority_idx
  on commerce.storefront_banner (tenant_id, storefront_id, placement, priority desc) where is_active and not is_deleted;
create index storefront_banner_deleted_at_idx on commerce.storefront_banner (tenant_id, deleted_at) where is_deleted;
create index storefront_banner_tenant_id_asset_id_idx on commerce.storefront_banner (tenant_id, asset_id);
create unique index storefront_banner_tenant_id_storefront_id_id_key
  on commerce.storefront_banner (tenant_id, storefront_id, id);
alter table commerce.storefront_banner replica identity using index storefront_banner_tenant_id_storefront_id_id_key;

comment on table commerce.storefront_banner is 'Banners of a storefront.';
comment on column commerce.storefront_banner.id is 'Identifier, ordered by time of creation.';
comment on column commerce.storefront_banner.tenant_id is 'The merchant.';
comment on column commerce.storefront_banner.storefront_id is 'The storefront.';
comment on column commerce.storefront_banner.asset_id is 'The picture; NULL for a banner of text.';
comment on column commerce.storefront_banner.priority is 'Order within a place: the highest first.';
comment on column commerce.storefront_banner.is_active is 'Whether it is shown.';
comment on column commerce.storefront_banner.starts_at is 'From when it is shown; NULL: at once.';
comment on column commerce.storefront_banner.ends_at is 'Until when it is shown; NULL: without end.';
comment on column commerce.storefront_banner.banner_type is 'Kind of banner.';
comment on column commerce.storefront_banner.placement is 'Where it is shown.';
comment on column commerce.storefront_banner.title is 'Words on it.';
comment on column commerce.storefront_banner.subtitle is 'More words on it.';
comment on column commerce.storefront_banner.link_url is 'Where it leads.';
comment on column commerce.storefront_banner.locale is 'BCP 47 tag of the language it is for; NULL: every language.';
comment on column commerce.storefront_banner.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.storefront_banner.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.storefront_banner.deleted_at is 'When it was deleted.';
comment on column commerce.storefront_banner.created_at is 'When the row was made.';
comment on column commerce.storefront_banner.updated_at is 'When the row last changed.';

insert into internal.soft_delete_rule (parent, child, child_column, action, live_when)
values
  ('storefront_theme', 'storefront_drafts', 'theme_id', 'refuse', 'true'),
  ('storefront_asset', 'storefront_banner', 'asset_id', 'refuse', 'not is_deleted');

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint storefront_banner_ends_after_start on commerce.storefront_banner is 'ends_at must be after starts_at';
comment on constraint storefront_banner_shows_something on commerce.storefront_banner is 'title must be given where there is no picture';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.storefront_banner;
drop table commerce.storefront_drafts;
delete from internal.soft_delete_rule where child in ('storefront_drafts', 'storefront_banner');
