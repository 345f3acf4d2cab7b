-- Everyone who ever wrote to a merchant, and those of them who buy.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.customer (
  id uuid constraint customer_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(id) >> 1) stored,
  merged_into_id uuid,
  is_blocked boolean not null default false,
  first_seen_at timestamptz not null default now(),
  last_activity_at timestamptz not null default now(),
  display_name text,
  email text,
  phone_number text,
  preferred_language text,
  tags text[] not null default '{}',
  metadata jsonb not null default '{}',
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint customer_display_name_length check (length(display_name) <= 200 and not internal.is_blank(display_name)),
  constraint customer_email_lower_case check (email = lower(email)),
  constraint customer_email_length check (length(email) <= 255),
  constraint customer_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint customer_preferred_language_length check (length(preferred_language) <= 35),
  constraint customer_tags_count check (cardinality(tags) <= 100 and array_position(tags, null) is null),
  constraint customer_tags_size check (octet_length(tags::text) <= 65536),
  constraint customer_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint customer_metadata_size check (octet_length(metadata::text) <= 65536),
  constraint customer_deleted_has_time check (is_deleted = (deleted_at is not null)),
  constraint customer_merged_is_deleted check (merged_into_id is null or is_deleted)
);

create index customer_deleted_at_idx on commerce.customer (tenant_id, deleted_at) where is_deleted;
create index customer_tenant_id_phone_number_idx on commerce.customer (tenant_id, phone_number)
  where phone_number is not null;
create index customer_tenant_id_last_activity_at_idx on commerce.customer (tenant_id, last_activity_at desc)
  where not is_deleted;
create index customer_tenant_id_display_name_phone_number_idx
  on commerce.customer using gin (
    tenant_id, display_name internal.gin_trgm_ops, phone_number internal.gin_trgm_ops
  );
create index customer_tenant_id_email_idx on commerce.customer (tenant_id, email) where email is not null;
create index customer_tenant_id_merged_into_id_idx on commerce.customer (tenant_id, merged_into_id);
create unique index customer_tenant_id_id_key on commerce.customer (tenant_id, id);
-- One live customer for each number, in whichever way the number is written.
create unique index customer_tenant_id_phone_number_key
  on commerce.customer (tenant_id, internal.phone_key(phone_number))
  where not is_deleted and phone_number is not null;
alter table commerce.customer replica identity using index customer_tenant_id_id_key;
alter table commerce.customer
  add constraint customer_merged_into_id_fkey foreign key (tenant_id, merged_into_id)
    references commerce.customer (tenant_id, id) on delete restrict;

comment on table commerce.customer is 'Everyone who has ever written to a merchant; exists before there is a login or an order.';
comment on column commerce.customer.id is 'Identifier, ordered by time of creation.';
comment on column commerce.customer.tenant_id is 'The merchant.';
comment on column commerce.customer.merged_into_id is 'The customer with whom this one was merged; the row is deleted then.';
comment on column commerce.customer.is_blocked is 'Whether the merchant no longer answers this customer.';
comment on column commerce.customer.first_seen_at is 'When the customer first wrote.';
comment on column commerce.customer.last_activity_at is 'When the customer last wrote or ordered; maintained by the database.';
comment on column commerce.customer.display_name is 'Name as the channel or staff gave it.';
comment on column commerce.customer.email is 'E-mail address, stored in lower case.';
comment on column commerce.customer.phone_number is 'Telephone number in E.164 form; unique among the merchant''s live customers, in whichever way it is written.';
comment on column commerce.customer.preferred_language is 'BCP 47 tag of the language the customer writes in.';
comment on column commerce.customer.tags is 'The merchant''s own labels, at most 100.';
comment on column commerce.customer.metadata is 'Flexible data, a JSON object of at most 64 KiB; staff only.';
comment on column commerce.customer.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.customer.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.customer.deleted_at is 'When it was deleted.';
comment on column commerce.customer.created_at is 'When the row was made.';
comment on column commerce.customer.updated_at is 'When the row last changed.';

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint customer_merged_is_deleted on commerce.customer is 'is_deleted must stay true for a customer who was merged with another one';

insert into internal.derived_column (table_name, column_name)
values ('customer', 'first_seen_at'), ('customer', 'last_activity_at');
insert into internal.audit_rule (table_name, column_name, treatment)
values ('customer', 'email', 'mask'), ('customer', 'phone_number', 'mask'), ('customer', 'display_name', 'mask');

create table commerce.buyer_profile (
  id uuid constraint buyer_profile_pkey primary key,
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(id) >> 1) stored,
  user_id uuid not null,
  default_currency text,
  phone_number text,
  full_name text,
  preferred_language text not null default 'en',
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint buyer_profile_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint buyer_profile_id_fkey foreign key (tenant_id, id)
    references commerce.customer (tenant_id, id) on delete restrict,
  constraint buyer_profile_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint buyer_profile_default_currency_fkey foreign key (default_currency)
    references commerce.currency (code) on delete restrict,
  constraint buyer_profile_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint buyer_profile_full_name_length check (length(full_name) <= 200 and not internal.is_blank(full_name)),
  constraint buyer_profile_preferred_language_length check (length(preferred_language) between 2 and 35),
  constraint buyer_profile_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index buyer_profile_deleted_at_idx on commerce.buyer_profile (tenant_id, deleted_at) where is_deleted;
alter table commerce.buyer_profile
  add constraint buyer_profile_tenant_id_user_id_key unique (tenant_id, user_id);
create unique index buyer_profile_tenant_id_id_key on commerce.buyer_profile (tenant_id, id);
alter table commerce.buyer_profile replica identity using index buyer_profile_tenant_id_id_key;

comment on table commerce.buyer_profile is 'Customers who buy: each row has the id of its customer and belongs to one person.';
comment on column commerce.buyer_profile.id is 'The customer''s id.';
comment on column commerce.buyer_profile.tenant_id is 'The merchant.';
comment on column commerce.buyer_profile.user_id is 'The person who buys.';
comment on column commerce.buyer_profile.default_currency is 'ISO 4217 code of the currency the buyer prefers.';
comment on column commerce.buyer_profile.phone_number is 'Telephone number in E.164 form, copied into orders.';
comment on column commerce.buyer_profile.full_name is 'Name, copied into orders.';
comment on column commerce.buyer_profile.preferred_language is 'BCP 47 tag of the language the buyer reads.';
comment on column commerce.buyer_profile.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.buyer_profile.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.buyer_profile.deleted_at is 'When it was deleted.';
comment on column commerce.buyer_profile.created_at is 'When the row was made.';
comment on column commerce.buyer_profile.updated_at is 'When the row last changed.';

insert into internal.soft_delete_rule (parent, child, child_column, action)
values
  ('customer', 'buyer_profile', 'id', 'take along'),
  ('users', 'buyer_profile', 'user_id', 'refuse');
insert into internal.audit_rule (table_name, column_name, treatment)
values ('buyer_profile', 'phone_number', 'mask'), ('buyer_profile', 'full_name', 'mask');

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.buyer_profile;
drop table commerce.customer;
delete from internal.audit_rule where table_name in ('customer', 'buyer_profile');
delete from internal.soft_delete_rule where child = 'buyer_profile';
delete from internal.derived_column where table_name = 'customer';
