-- Where a buyer lives, how a buyer pays, and the money that came and went.

-- Up Migration
set local lock_timeout = '2s';
set local role commerce_owner;

create table commerce.address_book (
  id uuid constraint address_book_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null default internal.user_id(),
  is_default boolean not null default false,
  country char(2) not null,
  latitude numeric(9,6),
  longitude numeric(9,6),
  address_type text not null default 'shipping',
  label text,
  recipient_name text not null,
  phone_number text,
  street_address text not null,
  apartment text,
  landmark text,
  city text not null,
  state text,
  postal_code text,
  delivery_note text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint address_book_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint address_book_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.buyer_profile (tenant_id, user_id) on delete restrict,
  constraint address_book_address_type_set check (address_type in ('shipping', 'billing', 'pickup', 'other')),
  constraint address_book_country_form check (country ~ '^[A-Z]{2}$'),
  constraint address_book_latitude_range check (latitude between -90 and 90),
  constraint address_book_longitude_range check (longitude between -180 and 180),
  constraint address_book_coordinates_together check ((latitude is null) = (longitude is null)),
  constraint address_book_label_length check (length(label) <= 200),
  constraint address_book_recipient_name_length check (length(btrim(recipient_name)) between 1 and 200),
  constraint address_book_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint address_book_street_address_length check (length(btrim(street_address)) between 1 and 500),
  constraint address_book_apartment_length check (length(apartment) <= 200),
  constraint address_book_landmark_length check (length(landmark) <= 500),
  constraint address_book_city_length check (length(btrim(city)) between 1 and 200),
  constraint address_book_state_length check (length(state) <= 200),
  constraint address_book_postal_code_length check (length(postal_code) <= 32),
  constraint address_book_delivery_note_length check (length(delivery_note) <= 2000),
  constraint address_book_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create unique index address_book_tenant_id_user_id_address_type_key
  on commerce.address_book (tenant_id, user_id, address_type) where is_default and not is_deleted;
create index address_book_deleted_at_idx on commerce.address_book (tenant_id, deleted_at) where is_deleted;
create unique index address_book_tenant_id_user_id_id_key on commerce.address_book (tenant_id, user_id, id);
alter table commerce.address_book replica identity using index address_book_tenant_id_user_id_id_key;

comment on table commerce.address_book is 'Addresses of a buyer; an order keeps its own copy.';
comment on column commerce.address_book.id is 'Identifier, ordered by time of creation.';
comment on column commerce.address_book.tenant_id is 'The merchant.';
comment on column commerce.address_book.user_id is 'The buyer, by users id.';
comment on column commerce.address_book.is_default is 'Whether it is the buyer''s usual one of its type; one a type.';
comment on column commerce.address_book.country is 'ISO 3166-1 alpha-2 code.';
comment on column commerce.address_book.latitude is 'Degrees north, together with the longitude.';
comment on column commerce.address_book.longitude is 'Degrees east, together with the latitude.';
comment on column commerce.address_book.address_type is 'What it is used for.';
comment on column commerce.address_book.label is 'The buyer''s own name for it.';
comment on column commerce.address_book.recipient_name is 'Who receives.';
comment on column commerce.address_book.phone_number is 'Telephone number for the carrier.';
comment on column commerce.address_book.street_address is 'Street and number.';
comment on column commerce.address_book.apartment is 'Apartment, floor or suite.';
comment on column commerce.address_book.landmark is 'What it is near, where streets have no names.';
comment on column commerce.address_book.city is 'City or town.';
comment on column commerce.address_book.state is 'State, province or county.';
comment on column commerce.address_book.postal_code is 'Postal code.';
comment on column commerce.address_book.delivery_note is 'What the carrier should know.';
comment on column commerce.address_book.version is 'Optimistic lock: name the version you read when you change the row.';
comment on column commerce.address_book.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.address_book.deleted_at is 'When it was deleted.';
comment on column commerce.address_book.created_at is 'When the row was made.';
comment on column commerce.address_book.updated_at is 'When the row last changed.';

insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('address_book', 'recipient_name', 'mask'),
  ('address_book', 'phone_number', 'mask'),
  ('address_book', 'street_address', 'mask'),
  ('address_book', 'apartment', 'mask'),
  ('address_book', 'landmark', 'mask'),
  ('address_book', 'latitude', 'mask'),
  ('address_book', 'longitude', 'mask');

create table commerce.saved_payment_method (
  id uuid constraint saved_payment_method_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null default internal.user_id(),
  is_default boolean not null default false,
  expiry_month smallint,
  expiry_year smallint,
  card_last_four char(4),
  phone_last_four char(4),
  last_used_at timestamptz,
  payment_type text not null,
  provider text not null,
  display_name text,
  card_brand text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint saved_payment_method_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint saved_payment_method_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.buyer_profile (tenant_id, user_id) on delete restrict,
  constraint saved_payment_method_payment_type_set check (
    payment_type in ('card', 'mobile_money', 'bank_transfer', 'ussd', 'cash_on_delivery', 'wallet')
  ),
  constraint saved_payment_method_never_cash check (payment_type <> 'cash_on_delivery'),
  constraint saved_payment_method_card_is_complete check (
    (payment_type = 'card')
      = (card_last_four is not null and expiry_month is not null and expiry_year is not null)
  ),
  constraint saved_payment_method_expiry_month_range check (expiry_month between 1 and 12),
  constraint saved_payment_method_expiry_year_range check (expiry_year between 2000 and 2100),
  constraint saved_payment_method_card_last_four_form check (card_last_four ~ '^[0-9]{4}$'),
  constraint saved_payment_method_phone_last_four_form check (phone_last_four ~ '^[0-9]{4}$'),
  constraint saved_payment_method_provider_length check (length(provider) between 1 and 255),
  constraint saved_payment_method_display_name_length check (length(display_name) <= 200),
  constraint saved_payment_method_card_brand_length check (length(card_brand) <= 200),
  constraint saved_payment_method_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index saved_payment_method_deleted_at_idx on commerce.saved_payment_method (tenant_id, deleted_at) where is_deleted;
create unique index saved_payment_method_tenant_id_id_key on commerce.saved_payment_method (tenant_id, id);
alter table commerce.saved_payment_method replica identity using index saved_payment_method_tenant_id_id_key;
create unique index saved_payment_method_tenant_id_user_id_key
  on commerce.saved_payment_method (tenant_id, user_id) where is_default and not is_deleted;
create index saved_payment_method_tenant_id_user_id_idx on commerce.saved_payment_method (tenant_id, user_id);

comment on table commerce.saved_payment_method is 'Means of payment of a buyer, as the provider''s token stands for them; never a card number.';
comment on column commerce.saved_payment_method.id is 'Identifier, ordered by time of creation.';
comment on column commerce.saved_payment_method.tenant_id is 'The merchant.';
comment on column commerce.saved_payment_method.user_id is 'The buyer, by users id.';
comment on column commerce.saved_payment_method.is_default is 'Whether it is the buyer''s usual one.';
comment on column commerce.saved_payment_method.expiry_month is 'Month in which a card expires, 1 to 12.';
comment on column commerce.saved_payment_method.expiry_year is 'Year in which a card expires, four digits.';
comment on column commerce.saved_payment_method.card_last_four is 'Last four digits of a card.';
comment on column commerce.saved_payment_method.phone_last_four is 'Last four digits of a mobile-money number.';
comment on column commerce.saved_payment_method.last_used_at is 'When it was last paid with.';
comment on column commerce.saved_payment_method.payment_type is 'Kind of payment; never cash.';
comment on column commerce.saved_payment_method.provider is 'Payment provider, such as paystack, mpesa or stripe.';
comment on column commerce.saved_payment_method.display_name is 'The buyer''s own name for it.';
comment on column commerce.saved_payment_method.card_brand is 'Brand of a card.';
comment on column commerce.saved_payment_method.version is 'Optimistic lock: name the version you read when you change the row.';
comment on column commerce.saved_payment_method.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.saved_payment_method.deleted_at is 'When it was deleted.';
comment on column commerce.saved_payment_method.created_at is 'When the row was made.';
comment on column commerce.saved_payment_method.updated_at is 'When the row last changed.';

insert into internal.soft_delete_rule (parent, parent_column, child, child_column, action)
values
  ('buyer_profile', 'user_id', 'address_book', 'user_id', 'take along'),
  ('buyer_profile', 'user_id', 'saved_payment_method', 'user_id', 'take along');
insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('saved_payment_method', 'display_name', 'mask'),
  ('saved_payment_method', 'phone_last_four', 'mask');

create table internal.payment_method_secret (
  saved_payment_method_id uuid not null,
  tenant_id uuid not null,
  provider_token bytea not null,
  constraint payment_method_secret_pkey primary key (tenant_id, saved_payment_method_id),
  constraint payment_method_secret_saved_payment_method_id_fkey foreign key (tenant_id, saved_payment_method_id)
    references commerce.saved_payment_method (tenant_id, id) on delete cascade,
  constraint payment_method_secret_provider_token_length check (octet_length(provider_token) between 32 and 8192)
);
comment on table internal.payment_method_secret is 'The providers'' tokens, as ciphertext; for the payment worker only.';
comment on column internal.payment_method_secret.saved_payment_method_id is 'The means of payment.';
comment on column internal.payment_method_secret.tenant_id is 'The merchant.';
comment on column internal.payment_method_secret.provider_token is 'AES-256-GCM envelope of the provider''s token.';

create table internal.channel_secret (
  channel_id uuid not null,
  tenant_id uuid not null,
  access_token bytea not null,
  rotated_at timestamptz not null default now(),
  constraint channel_secret_pkey primary key (tenant_id, channel_id),
  constraint channel_secret_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete cascade,
  constraint channel_secret_access_token_length check (octet_length(access_token) between 32 and 8192)
);
comment on table internal.channel_secret is 'The providers'' access tokens of channels, as ciphertext; for the channel worker only.';
comment on column internal.channel_secret.channel_id is 'The channel.';
comment on column internal.channel_secret.tenant_id is 'The merchant.';
comment on column internal.channel_secret.access_token is 'AES-256-GCM envelope of the provider''s access token.';
comment on column internal.channel_secret.rotated_at is 'When the token was last changed.';

-- Secrets are of no use to a deleted row, even to one that has to stay.
insert into internal.purge_child (parent, child, child_column, is_personal)
values
  ('saved_payment_method', 'internal.payment_method_secret', 'saved_payment_method_id', true),
  ('channel', 'internal.channel_secret', 'channel_id', true);

create table commerce.payment (
  id uuid constraint payment_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  saved_payment_method_id uuid,
  proof_asset_id uuid,
  verified_by uuid,
  currency_code char(3) not null,
  amount numeric not null,
  authorized_at timestamptz,
  succeeded_at timestamptz,
  expires_at timestamptz,
  verified_at timestamptz,
  payment_type text not null,
  provider text not null,
  provider_reference text,
  idempotency_key text not null,
  status text not null default 'pending',
  failure_code text,
  failure_message text,
  metadata jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint payment_tenant_id_idempotency_key_key unique (tenant_id, idempotency_key),
  constraint payment_tenant_id_provider_provider_reference_key unique (tenant_id, provider, provider_reference),
  constraint payment_tenant_id_order_id_customer_id_seller_id_id_key
    unique (tenant_id, order_id, customer_id, seller_id, id),
  constraint payment_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint payment_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, currency_code)
    references commerce.orders (tenant_id, id, customer_id, seller_id, currency_code)
    on update cascade on delete restrict,
  constraint payment_saved_payment_method_id_fkey foreign key (tenant_id, saved_payment_method_id)
    references commerce.saved_payment_method (tenant_id, id) on delete restrict,
  constraint payment_proof_asset_id_fkey foreign key (tenant_id, proof_asset_id)
    references commerce.storefront_asset (tenant_id, id) on delete restrict,
  constraint payment_verified_by_fkey foreign key (tenant_id, verified_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint payment_amount_positive check (amount > 0),
  constraint payment_payment_type_set check (
    payment_type in ('card', 'mobile_money', 'bank_transfer', 'ussd', 'cash_on_delivery', 'wallet')
  ),
  constraint payment_status_set check (
    status in ('pending', 'requires_action', 'authorized', 'succeeded', 'failed', 'cancelled', 'expired')
  ),
  constraint payment_provider_length check (length(provider) between 1 and 255),
  constraint payment_provider_reference_length check (length(provider_reference) between 1 and 255),
  constraint payment_idempotency_key_length check (length(idempotency_key) between 1 and 255),
  constraint payment_failure_code_length check (length(failure_code) <= 255),
  constraint payment_failure_message_size check (octet_length(failure_message) <= 65536),
  constraint payment_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint payment_metadata_size check (octet_length(metadata::text) <= 65536)
);
alter table commerce.payment
  replica identity using index payment_tenant_id_order_id_customer_id_seller_id_id_key;

-- One attempt at a time: a retry begins when the last one has ended.
create unique index payment_tenant_id_order_id_key on commerce.payment (tenant_id, order_id)
  where status in ('pending', 'requires_action', 'authorized');
create index payment_expires_at_idx on commerce.payment (expires_at) where status in ('pending', 'requires_action');
create index payment_tenant_id_customer_id_order_id_idx
  on commerce.payment (tenant_id, customer_id, order_id, seller_id, currency_code);
create index payment_tenant_id_saved_payment_method_id_idx on commerce.payment (tenant_id, saved_payment_method_id);
create index payment_tenant_id_proof_asset_id_idx on commerce.payment (tenant_id, proof_asset_id);
create index payment_tenant_id_verified_by_idx on commerce.payment (tenant_id, verified_by);

comment on table commerce.payment is 'Attempts to pay an order; a retry is a new row, and one at most is open.';
comment on column commerce.payment.id is 'Identifier, ordered by time of creation.';
comment on column commerce.payment.tenant_id is 'The merchant.';
comment on column commerce.payment.order_id is 'The order.';
comment on column commerce.payment.customer_id is 'The order''s buyer.';
comment on column commerce.payment.seller_id is 'The order''s seller.';
comment on column commerce.payment.saved_payment_method_id is 'The saved means of payment that was used.';
comment on column commerce.payment.proof_asset_id is 'Picture of a bank transfer.';
comment on column commerce.payment.verified_by is 'Who verified a manual payment; set by the database.';
comment on column commerce.payment.currency_code is 'ISO 4217 code of the amount, the order''s.';
comment on column commerce.payment.amount is 'What is to be paid with it.';
comment on column commerce.payment.authorized_at is 'When the provider reserved the money.';
comment on column commerce.payment.succeeded_at is 'When the money was received.';
comment on column commerce.payment.expires_at is 'From then on an open attempt may be given up.';
comment on column commerce.payment.verified_at is 'When a manual payment was verified.';
comment on column commerce.payment.payment_type is 'Kind of payment.';
comment on column commerce.payment.provider is 'Payment provider.';
comment on column commerce.payment.provider_reference is 'What the provider calls the attempt: an id of its own, or this payment''s, which it was told.';
comment on column commerce.payment.idempotency_key is 'The client''s key, so that a repeated request makes no second attempt.';
comment on column commerce.payment.status is 'Where it stands; changed by the payment functions only.';
comment on column commerce.payment.failure_code is 'The provider''s code of a failure.';
comment on column commerce.payment.failure_message is 'The provider''s words about it.';
comment on column commerce.payment.metadata is 'Flexible data, a JSON object of at most 64 KiB; staff only.';
comment on column commerce.payment.version is 'Version for optimistic locking: an update names the one it read.';
comment on column commerce.payment.created_at is 'When the row was made.';
comment on column commerce.payment.updated_at is 'When the row last changed.';

insert into internal.derived_column (table_name, column_name)
values ('payment', 'customer_id'), ('payment', 'seller_id');  -- From the order.
insert into internal.audit_rule (table_name, column_name, treatment)
values ('payment', 'idempotency_key', 'omit');
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
select 'payment.status', t.from_state, t.to_state, t.permission, false, true
  from (values
    ('pending', 'requires_action', null),
    ('pending', 'authorized', null),
    ('pending', 'succeeded', 'payments.manage'),
    ('pending', 'failed', 'payments.manage'),
    ('pending', 'cancelled', 'orders.manage'),
    ('pending', 'expired', null),
    ('requires_action', 'authorized', null),
    ('requires_action', 'succeeded', 'payments.manage'),
    ('requires_action', 'failed', 'payments.manage'),
    ('requires_action', 'cancelled', 'orders.manage'),
    ('requires_action', 'expired', null),
    ('authorized', 'succeeded', null),
    ('authorized', 'cancelled', 'orders.manage'),
    ('authorized', 'expired', null),
    ('expired', 'succeeded', null),
    ('failed', 'succeeded', null)
  ) as t (from_state, to_state, permission);

create table commerce.refund (
  id uuid constraint refund_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  payment_id uuid not null,
  order_return_id uuid,
  created_by uuid default internal.user_id(),
  currency_code char(3) not null,
  amount numeric not null,
  completed_at timestamptz,
  status text not null default 'pending',
  method text not null default 'original_payment',
  provider_reference text,
  idempotency_key text not null,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint refund_tenant_id_idempotency_key_key unique (tenant_id, idempotency_key),
  constraint refund_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint refund_payment_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, payment_id)
    references commerce.payment (tenant_id, order_id, customer_id, seller_id, id)
    on update cascade on delete restrict,
  constraint refund_order_return_id_fkey foreign key (tenant_id, order_return_id)
    references commerce.order_returns (tenant_id, id) on delete restrict,
  constraint refund_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint refund_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint refund_amount_positive check (amount > 0),
  constraint refund_status_set check (status in ('pending', 'succeeded', 'failed', 'cancelled')),
  constraint refund_method_set check (method in ('original_payment', 'store_credit', 'manual', 'exchange')),
  constraint refund_provider_reference_length check (length(provider_reference) between 1 and 255),
  constraint refund_idempotency_key_length check (length(idempotency_key) between 1 and 255),
  constraint refund_reason_size check (octet_length(reason) <= 65536)
);
alter table commerce.refund replica identity using index refund_tenant_id_idempotency_key_key;

create index refund_tenant_id_order_id_payment_id_idx on commerce.refund (tenant_id, order_id, payment_id);
create index refund_tenant_id_customer_id_order_id_idx
  on commerce.refund (tenant_id, customer_id, order_id, seller_id, payment_id);
create index refund_tenant_id_order_return_id_idx on commerce.refund (tenant_id, order_return_id);
create index refund_tenant_id_created_by_idx on commerce.refund (tenant_id, created_by);
create index refund_currency_code_idx on commerce.refund (currency_code);

comment on table commerce.refund is 'Money given back of a payment.';
comment on column commerce.refund.id is 'Identifier, ordered by time of creation.';
comment on column commerce.refund.tenant_id is 'The merchant.';
comment on column commerce.refund.order_id is 'The order, the same as the payment''s.';
comment on column commerce.refund.customer_id is 'The order''s buyer.';
comment on column commerce.refund.seller_id is 'The order''s seller.';
comment on column commerce.refund.payment_id is 'The payment that is given back.';
comment on column commerce.refund.order_return_id is 'The return that it is for.';
comment on column commerce.refund.created_by is 'Who asked for it; set by the database.';
comment on column commerce.refund.currency_code is 'ISO 4217 code of the amount.';
comment on column commerce.refund.amount is 'What is given back.';
comment on column commerce.refund.completed_at is 'When the provider confirmed it.';
comment on column commerce.refund.status is 'Where it stands; changed by the refund functions only.';
comment on column commerce.refund.method is 'How it is given back.';
comment on column commerce.refund.provider_reference is 'The provider''s id of the refund.';
comment on column commerce.refund.idempotency_key is 'The client''s key, so that a repeated request gives nothing back twice.';
comment on column commerce.refund.reason is 'Why it is given back.';
comment on column commerce.refund.created_at is 'When the row was made.';
comment on column commerce.refund.updated_at is 'When the row last changed.';

insert into internal.derived_column (table_name, column_name)
values ('refund', 'customer_id'), ('refund', 'seller_id');  -- From the order.
insert into internal.audit_rule (table_name, column_name, treatment)
values ('refund', 'idempotency_key', 'omit');
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('refund.status', 'pending', 'succeeded', null, false, true),
  ('refund.status', 'pending', 'failed', null, false, true),
  ('refund.status', 'pending', 'cancelled', 'payments.manage', false, false),
  ('refund.status', 'failed', 'pending', 'payments.manage', false, false);

-- Down Migration
set local lock_timeout = '2s';
set local role commerce_owner;

drop table commerce.refund;
drop table commerce.payment;
drop table internal.channel_secret;
drop table internal.payment_method_secret;
drop table commerce.saved_payment_method;
drop table commerce.address_book;
delete from internal.derived_column where table_name in ('payment', 'refund');
delete from internal.state_transition where machine in ('payment.status', 'refund.status');
delete from internal.purge_child where child in ('internal.payment_method_secret', 'internal.channel_secret');
delete from internal.soft_delete_rule where child in ('address_book', 'saved_payment_method');
delete from internal.audit_rule where table_name in ('address_book', 'saved_payment_method', 'payment', 'refund');
