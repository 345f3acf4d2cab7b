-- What the channel sent about an order, with the message that led to the order.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.order_channel_meta (
  id uuid constraint order_channel_meta_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  seller_id uuid not null,
  channel_id uuid,
  conversation_history_id uuid,
  channel_type text not null,
  external_order_id text,
  channel_data jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint order_channel_meta_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint order_channel_meta_order_id_fkey foreign key (tenant_id, order_id, seller_id, channel_type)
    references commerce.orders (tenant_id, id, seller_id, channel) on update cascade on delete cascade,
  constraint order_channel_meta_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete restrict,
  constraint order_channel_meta_conversation_history_id_fkey foreign key (tenant_id, conversation_history_id)
    references commerce.conversation_history (tenant_id, id) on delete restrict,
  constraint order_channel_meta_channel_type_set check (
    channel_type in (
      'whatsapp', 'instagram', 'facebook_messenger', 'telegram', 'tiktok', 'sms', 'email', 'web_chat',
      'storefront', 'phone', 'in_person', 'api'
    )
  ),
  constraint order_channel_meta_external_order_id_length check (length(external_order_id) <= 255),
  constraint order_channel_meta_channel_data_is_object check (jsonb_typeof(channel_data) = 'object'),
  constraint order_channel_meta_channel_data_size check (octet_length(channel_data::text) <= 65536)
);

create index order_channel_meta_tenant_id_channel_id_idx on commerce.order_channel_meta (tenant_id, channel_id);
create index order_channel_meta_tenant_id_conversation_history_id_idx
  on commerce.order_channel_meta (tenant_id, conversation_history_id);
alter table commerce.order_channel_meta
  add constraint order_channel_meta_tenant_id_order_id_key unique (tenant_id, order_id);
create unique index order_channel_meta_tenant_id_channel_type_external_order_id_key
  on commerce.order_channel_meta (tenant_id, channel_type, external_order_id)
  where external_order_id is not null;
create unique index order_channel_meta_tenant_id_id_key on commerce.order_channel_meta (tenant_id, id);
alter table commerce.order_channel_meta replica identity using index order_channel_meta_tenant_id_order_id_key;

comment on table commerce.order_channel_meta is 'What the channel sent about an order: one row for each order.';
comment on column commerce.order_channel_meta.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_channel_meta.tenant_id is 'The merchant.';
comment on column commerce.order_channel_meta.order_id is 'The order.';
comment on column commerce.order_channel_meta.seller_id is 'The order''s seller.';
comment on column commerce.order_channel_meta.channel_id is 'The account in which it was placed.';
comment on column commerce.order_channel_meta.conversation_history_id is 'The message that led to the order.';
comment on column commerce.order_channel_meta.channel_type is 'The order''s kind of channel.';
comment on column commerce.order_channel_meta.external_order_id is 'The channel''s own id of the cart or order (WhatsApp catalogue, TikTok shop).';
comment on column commerce.order_channel_meta.channel_data is 'What the channel sent along, a JSON object of at most 64 KiB.';
comment on column commerce.order_channel_meta.created_at is 'When the order was placed.';
comment on column commerce.order_channel_meta.updated_at is 'When it last changed.';

insert into internal.derived_column (table_name, column_name)
values ('order_channel_meta', 'seller_id');  -- From the order.
insert into internal.purge_child (parent, child, child_column, is_personal)
values ('orders', 'commerce.order_channel_meta', 'order_id', true);

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.derived_column where table_name = 'order_channel_meta';
delete from internal.purge_child where child = 'commerce.order_channel_meta';
drop table commerce.order_channel_meta;
