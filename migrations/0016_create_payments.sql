-- Addresses and means of payment of buyers, and the money that came in and went back.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.address_book (
  id uuid constraint address_book_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null default internal.user_id(),
  is_default boolean not null default false,
  country text not null,
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
  constraint address_book_label_length check (length(label) <= 200 and not internal.is_blank(label)),
  constraint address_book_recipient_name_length
    check (length(recipient_name) <= 200 and not internal.is_blank(recipient_name)),
  constraint address_book_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint address_book_street_address_length
    check (length(street_address) <= 500 and not internal.is_blank(street_address)),
  constraint address_book_apartment_length check (length(apartment) <= 200),
  constraint address_book_landmark_length check (length(landmark) <= 500),
  constraint address_book_city_length check (length(city) <= 200 and not internal.is_blank(city)),
  constraint address_book_state_length check (length(state) <= 200),
  constraint address_book_postal_code_length check (length(postal_code) <= 32),
  constraint address_book_delivery_note_length check (length(delivery_note) <= 2000),
  constraint address_book_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index address_book_deleted_at_idx on commerce.address_book (tenant_id, deleted_at) where is_deleted;
create unique index address_book_tenant_id_user_id_address_type_key
  on commerce.address_book (tenant_id, user_id, address_type) where is_default and not is_deleted;
create unique index address_book_tenant_id_user_id_id_key on commerce.address_book (tenant_id, user_id, id);
create unique index address_book_tenant_id_id_key on commerce.address_book (tenant_id, id);
alter table commerce.address_book replica identity using index address_book_tenant_id_user_id_id_key;

comment on table commerce.address_book is 'Addresses of a buyer; an order keeps its own copy.';
comment on column commerce.address_book.id is 'Identifier, ordered by time of creation.';
comment on column commerce.address_book.tenant_id is 'The merchant.';
comment on column commerce.address_book.user_id is 'The buyer, by users id.';
comment on column commerce.address_book.is_default is 'Whether it is the buyer''s default address of its type; there is at most one for each type.';
comment on column commerce.address_book.country is 'ISO 3166-1 alpha-2 code.';
comment on column commerce.address_book.latitude is 'Degrees north, together with the longitude.';
comment on column commerce.address_book.longitude is 'Degrees east, together with the latitude.';
comment on column commerce.address_book.address_type is 'What it is used for.';
comment on column commerce.address_book.label is 'The buyer''s own name for it.';
comment on column commerce.address_book.recipient_name is 'The person or company that receives the parcel.';
comment on column commerce.address_book.phone_number is 'Telephone number for the carrier.';
comment on column commerce.address_book.street_address is 'Street and number.';
comment on column commerce.address_book.apartment is 'Apartment, floor or suite.';
comment on column commerce.address_book.landmark is 'What it is near, where streets have no names.';
comment on column commerce.address_book.city is 'City or town.';
comment on column commerce.address_book.state is 'State, province or county.';
comment on column commerce.address_book.postal_code is 'Postal code.';
comment on column commerce.address_book.delivery_note is 'What the carrier should know.';
comment on column commerce.address_book.version is 'Version for optimistic locking: an update names the version that it read.';
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
  card_last_four text,
  phone_last_four text,
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
    payment_type in ('card', 'mobile_money', 'bank_transfer', 'ussd', 'cash_on_delivery', 'wallet', 'store_credit')
  ),
  constraint saved_payment_method_never_cash check (payment_type not in ('cash_on_delivery', 'store_credit')),
  constraint saved_payment_method_card_is_complete check (
    (payment_type = 'card')
      = (card_last_four is not null and expiry_month is not null and expiry_year is not null)
  ),
  constraint saved_payment_method_expiry_month_range check (expiry_month between 1 and 12),
  constraint saved_payment_method_expiry_year_range check (expiry_year between 2000 and 2100),
  constraint saved_payment_method_card_last_four_form check (card_last_four ~ '^[0-9]{4}$'),
  constraint saved_payment_method_phone_last_four_form check (phone_last_four ~ '^[0-9]{4}$'),
  constraint saved_payment_method_provider_length check (length(provider) between 1 and 255),
  constraint saved_payment_method_display_name_length
    check (length(display_name) <= 200 and not internal.is_blank(display_name)),
  constraint saved_payment_method_card_brand_length check (length(card_brand) <= 200),
  constraint saved_payment_method_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index saved_payment_method_deleted_at_idx on commerce.saved_payment_method (tenant_id, deleted_at) where is_deleted;
create index saved_payment_method_tenant_id_user_id_idx on commerce.saved_payment_method (tenant_id, user_id);
create unique index saved_payment_method_tenant_id_id_key on commerce.saved_payment_method (tenant_id, id);
create unique index saved_payment_method_tenant_id_user_id_key
  on commerce.saved_payment_method (tenant_id, user_id) where is_default and not is_deleted;
alter table commerce.saved_payment_method replica identity using index saved_payment_method_tenant_id_id_key;

comment on table commerce.saved_payment_method is 'Means of payment of a buyer, each represented by a token of the provider and never by a card number.';
comment on column commerce.saved_payment_method.id is 'Identifier, ordered by time of creation.';
comment on column commerce.saved_payment_method.tenant_id is 'The merchant.';
comment on column commerce.saved_payment_method.user_id is 'The buyer, by users id.';
comment on column commerce.saved_payment_method.is_default is 'Whether it is the buyer''s default means of payment.';
comment on column commerce.saved_payment_method.expiry_month is 'Month in which a card expires, 1 to 12.';
comment on column commerce.saved_payment_method.expiry_year is 'Year in which a card expires, four digits.';
comment on column commerce.saved_payment_method.card_last_four is 'Last four digits of a card.';
comment on column commerce.saved_payment_method.phone_last_four is 'Last four digits of a mobile-money number.';
comment on column commerce.saved_payment_method.last_used_at is 'When it was last paid with.';
comment on column commerce.saved_payment_method.payment_type is 'Kind of payment; never cash, nor store credit.';
comment on column commerce.saved_payment_method.provider is 'Payment provider, such as paystack, mpesa or stripe.';
comment on column commerce.saved_payment_method.display_name is 'The buyer''s own name for it.';
comment on column commerce.saved_payment_method.card_brand is 'Brand of a card.';
comment on column commerce.saved_payment_method.version is 'Version for optimistic locking: an update names the version that it read.';
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

-- A deleted row needs no secrets, even if the row itself has to stay.
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
  currency_code text not null,
  amount numeric not null,
  authorized_amount numeric not null default 0,
  captured_amount numeric not null default 0,
  refunded_amount numeric not null default 0,
  disputed_amount numeric not null default 0,
  authorized_at timestamptz,
  succeeded_at timestamptz,
  expires_at timestamptz,
  cancel_requested_at timestamptz,
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
    payment_type in ('card', 'mobile_money', 'bank_transfer', 'ussd', 'cash_on_delivery', 'wallet', 'store_credit')
  ),
  constraint payment_captured_amount_not_negative check (captured_amount >= 0),
  constraint payment_refunded_amount_not_negative check (refunded_amount >= 0),
  constraint payment_authorized_amount_not_negative check (authorized_amount >= 0),
  constraint payment_disputed_amount_not_negative check (disputed_amount >= 0),
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

create index payment_tenant_id_status_id_idx on commerce.payment (tenant_id, status, id);
create index payment_cancel_requested_at_idx on commerce.payment (tenant_id, cancel_requested_at)
  where cancel_requested_at is not null;
create index payment_provider_provider_reference_idx
  on commerce.payment (provider, provider_reference) where provider_reference is not null;
-- It is of all merchants: a list of one merchant's open payments, which names no time, is not looked for in it.
create index payment_expires_at_idx on commerce.payment (expires_at)
  where status in ('pending', 'requires_action') and expires_at is not null;
create index payment_tenant_id_customer_id_order_id_idx
  on commerce.payment (tenant_id, customer_id, order_id, seller_id, currency_code);
create index payment_tenant_id_saved_payment_method_id_idx on commerce.payment (tenant_id, saved_payment_method_id);
create index payment_tenant_id_proof_asset_id_idx on commerce.payment (tenant_id, proof_asset_id);
create index payment_tenant_id_verified_by_idx on commerce.payment (tenant_id, verified_by);
alter table commerce.payment
  add constraint payment_tenant_id_idempotency_key_key unique (tenant_id, idempotency_key),
  -- One payment at the provider may cover the orders of a split basket: an attempt for each.
  add constraint payment_tenant_id_provider_provider_reference_order_id_key
    unique (tenant_id, provider, provider_reference, order_id),
  add constraint payment_tenant_id_order_id_customer_id_seller_id_id_key
    unique (tenant_id, order_id, customer_id, seller_id, id);
-- There is one attempt at a time: a retry begins when the last attempt has ended.
create unique index payment_tenant_id_order_id_key on commerce.payment (tenant_id, order_id)
  where status in ('pending', 'requires_action', 'authorized');
create unique index payment_tenant_id_id_key on commerce.payment (tenant_id, id);

alter table commerce.payment
  replica identity using index payment_tenant_id_order_id_customer_id_seller_id_id_key;

comment on table commerce.payment is 'Attempts to pay an order; a retry is a new row, and at most one attempt is open.';
comment on column commerce.payment.id is 'Identifier, ordered by time of creation.';
comment on column commerce.payment.tenant_id is 'The merchant.';
comment on column commerce.payment.order_id is 'The order.';
comment on column commerce.payment.customer_id is 'The order''s buyer.';
comment on column commerce.payment.seller_id is 'The order''s seller.';
comment on column commerce.payment.saved_payment_method_id is 'The saved means of payment that was used.';
comment on column commerce.payment.proof_asset_id is 'Picture of a bank transfer.';
comment on column commerce.payment.verified_by is 'The person who verified a manual payment; set by the database.';
comment on column commerce.payment.currency_code is 'ISO 4217 code of the amount, the order''s.';
comment on column commerce.payment.amount is 'What is to be paid with it.';
comment on column commerce.payment.authorized_amount is 'The largest sum that the provider reserved, in currency_code.';
comment on column commerce.payment.captured_amount is 'What was received with it, in currency_code.';
comment on column commerce.payment.refunded_amount is 'What has been given back of it: refunds and lost disputes.';
comment on column commerce.payment.disputed_amount is 'What the payer''s bank disputes at present.';
comment on column commerce.payment.authorized_at is 'When the provider reserved the money.';
comment on column commerce.payment.succeeded_at is 'When the money was received.';
comment on column commerce.payment.expires_at is 'The time after which an open attempt may be given up.';
comment on column commerce.payment.cancel_requested_at is 'Since when it is to be cancelled at the provider; NULL once the provider has confirmed.';
comment on column commerce.payment.verified_at is 'When a manual payment was verified.';
comment on column commerce.payment.payment_type is 'Kind of payment.';
comment on column commerce.payment.provider is 'Payment provider.';
comment on column commerce.payment.provider_reference is 'The provider''s reference of the attempt: an id of its own, or the id of this payment, if that was passed to it.';
comment on column commerce.payment.idempotency_key is 'The client''s key, so that a repeated request makes no second attempt.';
comment on column commerce.payment.status is 'State of the payment, derived from its events.';
comment on column commerce.payment.failure_code is 'The provider''s code of a failure.';
comment on column commerce.payment.failure_message is 'The provider''s message about a failure.';
comment on column commerce.payment.metadata is 'Flexible data, a JSON object of at most 64 KiB; staff only.';
comment on column commerce.payment.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.payment.created_at is 'When the row was made.';
comment on column commerce.payment.updated_at is 'When the row last changed.';

insert into internal.derived_column (table_name, column_name)
values
  -- From the order.
  ('payment', 'customer_id'),
  ('payment', 'seller_id'),
  -- From its events.
  ('payment', 'authorized_amount'),
  ('payment', 'captured_amount'),
  ('payment', 'refunded_amount'),
  ('payment', 'disputed_amount');
insert into internal.audit_rule (table_name, column_name, treatment)
values ('payment', 'idempotency_key', 'omit');

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
  currency_code text not null,
  amount numeric not null,
  completed_at timestamptz,
  status text not null default 'pending',
  method text not null default 'original_payment',
  part text,
  provider_reference text,
  idempotency_key text not null,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint refund_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint refund_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete restrict,
  constraint refund_payment_id_fkey foreign key (tenant_id, payment_id)
    references commerce.payment (tenant_id, id) on delete restrict,
  constraint refund_order_return_id_fkey foreign key (tenant_id, order_return_id)
    references commerce.order_returns (tenant_id, id) on delete restrict,
  constraint refund_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint refund_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint refund_amount_positive check (amount > 0),
  constraint refund_status_set check (status in ('pending', 'succeeded', 'failed', 'cancelled')),
  constraint refund_method_set check (method in ('original_payment', 'store_credit', 'manual')),
  constraint refund_part_set check (part in ('goods', 'tax', 'shipping', 'fee')),
  constraint refund_provider_reference_length check (length(provider_reference) between 1 and 255),
  constraint refund_idempotency_key_length check (length(idempotency_key) between 1 and 255),
  constraint refund_reason_size check (octet_length(reason) <= 65536)
);

create index refund_tenant_id_status_id_idx on commerce.refund (tenant_id, status, id);
create index refund_tenant_id_payment_id_idx on commerce.refund (tenant_id, payment_id);
create index refund_tenant_id_customer_id_order_id_idx
  on commerce.refund (tenant_id, customer_id, order_id, seller_id);
create index refund_tenant_id_order_id_idx on commerce.refund (tenant_id, order_id);
create index refund_tenant_id_order_return_id_idx on commerce.refund (tenant_id, order_return_id);
create index refund_tenant_id_created_by_idx on commerce.refund (tenant_id, created_by);
alter table commerce.refund
  add constraint refund_tenant_id_idempotency_key_key unique (tenant_id, idempotency_key);
create unique index refund_tenant_id_id_key on commerce.refund (tenant_id, id);
alter table commerce.refund replica identity using index refund_tenant_id_idempotency_key_key;

comment on table commerce.refund is 'Refunds: money of a payment that is given back.';
comment on column commerce.refund.id is 'Identifier, ordered by time of creation.';
comment on column commerce.refund.tenant_id is 'The merchant.';
comment on column commerce.refund.order_id is 'The order that the money was for.';
comment on column commerce.refund.customer_id is 'The order''s buyer.';
comment on column commerce.refund.seller_id is 'The order''s seller.';
comment on column commerce.refund.payment_id is 'The payment that is given back.';
comment on column commerce.refund.order_return_id is 'The return that it is for.';
comment on column commerce.refund.created_by is 'The person who asked for it; set by the database.';
comment on column commerce.refund.currency_code is 'ISO 4217 code of the amount.';
comment on column commerce.refund.amount is 'What is given back.';
comment on column commerce.refund.completed_at is 'When the provider confirmed it.';
comment on column commerce.refund.status is 'State of the refund; only the refund functions change it.';
comment on column commerce.refund.method is 'How it is given back.';
comment on column commerce.refund.part is 'The part of the price that it gives back; NULL when none was named.';
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
  -- What the provider reports is a fact, whatever was asked for last.
  ('refund.status', 'failed', 'succeeded', null, false, true),
  ('refund.status', 'cancelled', 'succeeded', null, false, true),
  ('refund.status', 'succeeded', 'failed', null, false, true),
  ('refund.status', 'pending', 'cancelled', 'payments.manage', false, false),
  ('refund.status', 'failed', 'cancelled', 'payments.manage', false, false),
  ('refund.status', 'failed', 'pending', 'payments.manage', false, false);

create table commerce.payment_event (
  id uuid constraint payment_event_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  payment_id uuid not null,
  refund_id uuid,
  confirms_id uuid,
  created_by uuid default internal.user_id(),
  currency_code text not null,
  amount numeric not null default 0,
  occurred_at timestamptz not null default now(),
  kind text not null,
  source text not null,
  provider_event_id text,
  note text,
  created_at timestamptz not null default now(),
  constraint payment_event_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint payment_event_payment_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, payment_id)
    references commerce.payment (tenant_id, order_id, customer_id, seller_id, id)
    on update cascade on delete restrict,
  constraint payment_event_refund_id_fkey foreign key (tenant_id, refund_id)
    references commerce.refund (tenant_id, id) on delete restrict,
  constraint payment_event_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint payment_event_confirms_nothing_again check (confirms_id is null or amount = 0),
  constraint payment_event_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint payment_event_amount_by_kind check (amount >= 0 or kind = 'corrected'),
  constraint payment_event_kind_set check (
    kind in (
      'pending', 'requires_action', 'authorized', 'captured', 'failed', 'expired', 'cancelled', 'refunded', 'refund_failed',
      'disputed', 'dispute_won', 'dispute_lost', 'corrected'
    )
  ),
  constraint payment_event_source_set check (source in ('webhook', 'staff', 'shopper', 'job')),
  constraint payment_event_provider_event_id_length check (length(provider_event_id) between 1 and 255),
  constraint payment_event_note_size check (octet_length(note) <= 65536)
);

create index payment_event_tenant_id_order_id_idx
  on commerce.payment_event (tenant_id, order_id, customer_id, seller_id, payment_id);
create index payment_event_tenant_id_refund_id_idx on commerce.payment_event (tenant_id, refund_id);
create index payment_event_tenant_id_created_by_idx on commerce.payment_event (tenant_id, created_by);
alter table commerce.payment_event
  add constraint payment_event_tenant_id_payment_id_provider_event_id_key unique (tenant_id, payment_id, provider_event_id);
alter table commerce.payment_event
  add constraint payment_event_tenant_id_confirms_id_key unique (tenant_id, confirms_id),
  add constraint payment_event_tenant_id_id_key unique (tenant_id, id);
alter table commerce.payment_event replica identity using index payment_event_tenant_id_id_key;
alter table commerce.payment_event
  add constraint payment_event_confirms_id_fkey foreign key (tenant_id, confirms_id)
    references commerce.payment_event (tenant_id, id) on delete restrict;

comment on table commerce.payment_event is 'What happened to a payment at the provider or at the till; written once and never changed.';
comment on column commerce.payment_event.id is 'Identifier, ordered by time of creation.';
comment on column commerce.payment_event.tenant_id is 'The merchant.';
comment on column commerce.payment_event.order_id is 'The payment''s order.';
comment on column commerce.payment_event.customer_id is 'The order''s buyer.';
comment on column commerce.payment_event.seller_id is 'The order''s seller.';
comment on column commerce.payment_event.payment_id is 'The payment.';
comment on column commerce.payment_event.refund_id is 'The refund that it is about.';
comment on column commerce.payment_event.confirms_id is 'The report of staff that the provider confirms with this event; the two are one fact, whose amount is counted in the report.';
comment on column commerce.payment_event.created_by is 'The person who recorded it; NULL for a worker.';
comment on column commerce.payment_event.currency_code is 'ISO 4217 code of the amount; it may differ from what was asked for.';
comment on column commerce.payment_event.amount is 'How much; negative only where staff correct what was recorded.';
comment on column commerce.payment_event.occurred_at is 'When it happened, by the provider''s clock.';
comment on column commerce.payment_event.kind is 'What happened.';
comment on column commerce.payment_event.source is 'The source of the report: the provider by a webhook, staff, the shopper, or a job.';
comment on column commerce.payment_event.provider_event_id is 'The provider''s id of the event; a repeated report with this id is the same fact.';
comment on column commerce.payment_event.note is 'What staff noted about it.';
comment on column commerce.payment_event.created_at is 'When it was recorded.';

create table commerce.money_allocation (
  id uuid constraint money_allocation_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  payment_id uuid not null,
  refund_id uuid,
  created_by uuid default internal.user_id(),
  currency_code text not null,
  amount numeric not null,
  account text not null,
  cause text not null,
  reason text,
  created_at timestamptz not null default now(),
  constraint money_allocation_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint money_allocation_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id)
    references commerce.orders (tenant_id, id, customer_id, seller_id) on update cascade on delete restrict,
  constraint money_allocation_payment_id_fkey foreign key (tenant_id, payment_id)
    references commerce.payment (tenant_id, id) on delete restrict,
  constraint money_allocation_refund_id_fkey foreign key (tenant_id, refund_id)
    references commerce.refund (tenant_id, id) on delete restrict,
  constraint money_allocation_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint money_allocation_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint money_allocation_amount_not_zero check (amount <> 0),
  constraint money_allocation_account_set check (account in ('order', 'unallocated', 'credit', 'loss')),
  constraint money_allocation_cause_set check (cause in ('captured', 'corrected', 'moved', 'refunded', 'lost', 'written_off')),
  constraint money_allocation_reason_size check (octet_length(reason) <= 65536)
);

create index money_allocation_tenant_id_order_id_idx
  on commerce.money_allocation (tenant_id, order_id, customer_id, seller_id);
create index money_allocation_tenant_id_payment_id_idx on commerce.money_allocation (tenant_id, payment_id);
create index money_allocation_tenant_id_unallocated_idx on commerce.money_allocation (tenant_id, payment_id)
  where account = 'unallocated';
create index money_allocation_tenant_id_refund_id_idx on commerce.money_allocation (tenant_id, refund_id);
create index money_allocation_tenant_id_created_by_idx on commerce.money_allocation (tenant_id, created_by);
create unique index money_allocation_tenant_id_id_key on commerce.money_allocation (tenant_id, id);
alter table commerce.money_allocation replica identity using index money_allocation_tenant_id_id_key;

comment on table commerce.money_allocation is 'What captured money is for. The rows of a payment add up to what came in with it less what went back; written once and never changed.';
comment on column commerce.money_allocation.id is 'Identifier, ordered by time of creation.';
comment on column commerce.money_allocation.tenant_id is 'The merchant.';
comment on column commerce.money_allocation.order_id is 'The order that the money is for, or came from.';
comment on column commerce.money_allocation.customer_id is 'The order''s buyer.';
comment on column commerce.money_allocation.seller_id is 'The order''s seller.';
comment on column commerce.money_allocation.payment_id is 'The payment with which the money came in.';
comment on column commerce.money_allocation.refund_id is 'The refund with which it went back.';
comment on column commerce.money_allocation.created_by is 'The person who decided it; NULL for a worker.';
comment on column commerce.money_allocation.currency_code is 'ISO 4217 code of the amount.';
comment on column commerce.money_allocation.amount is 'The sum that is added to the account; negative when it is taken from it.';
comment on column commerce.money_allocation.account is 'The order, nothing yet (staff decide), the customer''s store credit, or the merchant''s loss.';
comment on column commerce.money_allocation.cause is 'Why the account changes.';
comment on column commerce.money_allocation.reason is 'What staff noted about it.';
comment on column commerce.money_allocation.created_at is 'When it was written.';

create table commerce.order_adjustment (
  id uuid constraint order_adjustment_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  order_id uuid not null,
  customer_id uuid not null,
  seller_id uuid not null,
  created_by uuid default internal.user_id(),
  currency_code text not null,
  amount numeric not null,
  part text not null,
  reason text not null,
  created_at timestamptz not null default now(),
  constraint order_adjustment_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint order_adjustment_order_id_fkey foreign key (tenant_id, order_id, customer_id, seller_id, currency_code)
    references commerce.orders (tenant_id, id, customer_id, seller_id, currency_code)
    on update cascade on delete restrict,
  constraint order_adjustment_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint order_adjustment_amount_not_zero check (amount <> 0),
  constraint order_adjustment_part_set check (part in ('goods', 'tax', 'shipping', 'fee')),
  constraint order_adjustment_reason_size check (octet_length(reason) between 1 and 65536)
);

create index order_adjustment_tenant_id_order_id_idx
  on commerce.order_adjustment (tenant_id, order_id, customer_id, seller_id, currency_code);
create index order_adjustment_tenant_id_created_by_idx on commerce.order_adjustment (tenant_id, created_by);
create unique index order_adjustment_tenant_id_id_key on commerce.order_adjustment (tenant_id, id);
alter table commerce.order_adjustment replica identity using index order_adjustment_tenant_id_id_key;

comment on table commerce.order_adjustment is 'What staff take off the price of a placed order, or add to it; written once and never changed.';
comment on column commerce.order_adjustment.id is 'Identifier, ordered by time of creation.';
comment on column commerce.order_adjustment.tenant_id is 'The merchant.';
comment on column commerce.order_adjustment.order_id is 'The order.';
comment on column commerce.order_adjustment.customer_id is 'The order''s buyer.';
comment on column commerce.order_adjustment.seller_id is 'The order''s seller.';
comment on column commerce.order_adjustment.created_by is 'The person who decided it; NULL for a worker.';
comment on column commerce.order_adjustment.currency_code is 'ISO 4217 code of the amount, the order''s.';
comment on column commerce.order_adjustment.amount is 'The sum that is added to what the order is worth; negative when it lowers the price.';
comment on column commerce.order_adjustment.part is 'Which part of the price it is about.';
comment on column commerce.order_adjustment.reason is 'Why it was made.';
comment on column commerce.order_adjustment.created_at is 'When it was made.';

create table commerce.customer_credit (
  id uuid constraint customer_credit_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  customer_id uuid not null,
  granted_by_id uuid,
  refund_id uuid,
  payment_id uuid,
  created_by uuid default internal.user_id(),
  currency_code text not null,
  amount numeric not null,
  expires_at timestamptz,
  kind text not null,
  reason text,
  created_at timestamptz not null default now(),
  constraint customer_credit_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint customer_credit_customer_id_fkey foreign key (tenant_id, customer_id)
    references commerce.buyer_profile (tenant_id, id) on delete restrict,
  constraint customer_credit_refund_id_fkey foreign key (tenant_id, refund_id)
    references commerce.refund (tenant_id, id) on delete restrict,
  constraint customer_credit_payment_id_fkey foreign key (tenant_id, payment_id)
    references commerce.payment (tenant_id, id) on delete restrict,
  constraint customer_credit_created_by_fkey foreign key (tenant_id, created_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint customer_credit_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint customer_credit_kind_set check (kind in ('granted', 'spent', 'returned', 'expired', 'withdrawn')),
  constraint customer_credit_sign_by_kind check (
    amount <> 0 and (kind in ('granted', 'returned')) = (amount > 0)
  ),
  constraint customer_credit_grant_is_named check ((kind = 'granted') = (granted_by_id is null)),
  constraint customer_credit_reason_size check (octet_length(reason) <= 65536)
);

create index customer_credit_tenant_id_customer_id_idx
  on commerce.customer_credit (tenant_id, customer_id, currency_code);
create index customer_credit_tenant_id_granted_by_id_idx on commerce.customer_credit (tenant_id, granted_by_id);
create index customer_credit_expires_at_idx on commerce.customer_credit (tenant_id, expires_at)
  where expires_at is not null;
create index customer_credit_tenant_id_refund_id_idx on commerce.customer_credit (tenant_id, refund_id);
create index customer_credit_tenant_id_payment_id_idx on commerce.customer_credit (tenant_id, payment_id);
create index customer_credit_tenant_id_created_by_idx on commerce.customer_credit (tenant_id, created_by);
alter table commerce.customer_credit
  add constraint customer_credit_tenant_id_id_key unique (tenant_id, id);
alter table commerce.customer_credit replica identity using index customer_credit_tenant_id_id_key;
alter table commerce.customer_credit
  add constraint customer_credit_granted_by_id_fkey foreign key (tenant_id, granted_by_id)
    references commerce.customer_credit (tenant_id, id) on delete restrict;

comment on table commerce.customer_credit is 'Store credit of customers: what was granted, spent, given back, withdrawn and expired; written once and never changed.';
comment on column commerce.customer_credit.id is 'Identifier, ordered by time of creation.';
comment on column commerce.customer_credit.tenant_id is 'The merchant.';
comment on column commerce.customer_credit.customer_id is 'The customer who has the credit.';
comment on column commerce.customer_credit.granted_by_id is 'The row that granted the credit which is spent, given back, withdrawn or expired here.';
comment on column commerce.customer_credit.refund_id is 'The refund that funded a grant; NULL when it was given out of goodwill.';
comment on column commerce.customer_credit.payment_id is 'The payment that spent it, or from which it was given back.';
comment on column commerce.customer_credit.created_by is 'The person who wrote it; NULL for a worker.';
comment on column commerce.customer_credit.currency_code is 'ISO 4217 code of the amount.';
comment on column commerce.customer_credit.amount is 'The sum that is added to the credit; negative when it is taken from it.';
comment on column commerce.customer_credit.expires_at is 'Until when a grant can be spent; NULL when it never expires.';
comment on column commerce.customer_credit.kind is 'What happened.';
comment on column commerce.customer_credit.reason is 'Why it was granted.';
comment on column commerce.customer_credit.created_at is 'When it was written.';

create table commerce.inbound_event (
  id uuid constraint inbound_event_pkey primary key default internal.uuid_v7(),
  tenant_id uuid default internal.tenant_id(),
  tenant_key uuid not null,
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  payment_id uuid,
  reviewed_by uuid,
  currency_code text,
  amount numeric,
  occurred_at timestamptz not null default now(),
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  provider text not null,
  provider_reference text not null,
  external_event_id text not null,
  event_type text not null,
  status text not null default 'received',
  note text,
  constraint inbound_event_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint inbound_event_payment_id_fkey foreign key (tenant_id, payment_id)
    references commerce.payment (tenant_id, id) on delete restrict,
  constraint inbound_event_reviewed_by_fkey foreign key (tenant_id, reviewed_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint inbound_event_currency_code_fkey foreign key (currency_code)
    references commerce.currency (code) on delete restrict,
  constraint inbound_event_amount_not_negative check (amount >= 0),
  constraint inbound_event_event_type_set check (
    event_type in (
      'pending', 'requires_action', 'authorized', 'captured', 'failed', 'expired', 'cancelled', 'refunded', 'refund_failed',
      'disputed', 'dispute_won', 'dispute_lost', 'corrected'
    )
  ),
  constraint inbound_event_status_set check (status in ('received', 'processed', 'returned')),
  constraint inbound_event_processed_has_time check ((status = 'received') = (processed_at is null)),
  constraint inbound_event_provider_length check (length(provider) between 1 and 255),
  constraint inbound_event_provider_reference_length check (length(provider_reference) between 1 and 255),
  constraint inbound_event_external_event_id_length check (length(external_event_id) between 1 and 255),
  constraint inbound_event_note_size check (octet_length(note) <= 65536)
);

create index inbound_event_provider_provider_reference_idx
  on commerce.inbound_event (provider, provider_reference) where status = 'received';
create index inbound_event_tenant_id_payment_id_idx on commerce.inbound_event (tenant_id, payment_id);
create index inbound_event_tenant_id_reviewed_by_idx on commerce.inbound_event (tenant_id, reviewed_by);
alter table commerce.inbound_event
  add constraint inbound_event_tenant_id_provider_external_event_id_key
    unique nulls not distinct (tenant_id, provider, provider_reference, external_event_id);
create unique index inbound_event_tenant_key_id_key on commerce.inbound_event (tenant_key, id);
create unique index inbound_event_tenant_id_id_key on commerce.inbound_event (tenant_id, id);
alter table commerce.inbound_event replica identity using index inbound_event_tenant_key_id_key;

comment on table commerce.inbound_event is 'Reports of providers about payments that are unknown here; each waits until its reference is set or staff decide.';
comment on column commerce.inbound_event.id is 'Identifier, ordered by time of creation.';
comment on column commerce.inbound_event.tenant_id is 'The merchant; NULL while it is not known whose it is.';
comment on column commerce.inbound_event.tenant_key is 'The tenant_id, or zeros while it is not known whose it is; maintained by a trigger.';
comment on column commerce.inbound_event.payment_id is 'The payment to which it was assigned.';
comment on column commerce.inbound_event.reviewed_by is 'The person who decided about it; set by the database.';
comment on column commerce.inbound_event.currency_code is 'ISO 4217 code of the amount, where the provider states it.';
comment on column commerce.inbound_event.amount is 'How much, where the provider states it.';
comment on column commerce.inbound_event.occurred_at is 'When it happened, by the provider''s clock.';
comment on column commerce.inbound_event.received_at is 'When the provider reported it.';
comment on column commerce.inbound_event.processed_at is 'When it was assigned to a payment, or given back.';
comment on column commerce.inbound_event.provider is 'Payment provider.';
comment on column commerce.inbound_event.provider_reference is 'The provider''s reference of the payment.';
comment on column commerce.inbound_event.external_event_id is 'The provider''s id of the event; a repeated report with this id is the same fact.';
comment on column commerce.inbound_event.event_type is 'What happened.';
comment on column commerce.inbound_event.status is 'Whether it waits, belongs to a payment, or was given back.';
comment on column commerce.inbound_event.note is 'What staff noted about it.';

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint address_book_coordinates_together on commerce.address_book is 'longitude and latitude come together';
comment on constraint customer_credit_grant_is_named on commerce.customer_credit is 'granted_by_id must name the grant, unless the row is one';
comment on constraint customer_credit_sign_by_kind on commerce.customer_credit is 'amount must not be 0, and is positive where credit is granted or returned and negative elsewhere';
comment on constraint inbound_event_processed_has_time on commerce.inbound_event is 'processed_at must be given for a report that is no longer only received';
comment on constraint payment_event_amount_by_kind on commerce.payment_event is 'amount must not be negative, unless it corrects';
comment on constraint payment_event_confirms_nothing_again on commerce.payment_event is 'amount must be 0 for an event that confirms a report of staff';
comment on constraint saved_payment_method_card_is_complete on commerce.saved_payment_method is 'card_last_four must come with the expiry, for a card and for nothing else';
comment on constraint saved_payment_method_card_last_four_form on commerce.saved_payment_method is 'card_last_four must be four digits';
comment on constraint saved_payment_method_never_cash on commerce.saved_payment_method is 'payment_type must not be cash or store credit: there is nothing to save';
comment on constraint saved_payment_method_phone_last_four_form on commerce.saved_payment_method is 'phone_last_four must be four digits';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.inbound_event;
drop table commerce.customer_credit;
drop table commerce.order_adjustment;
drop table commerce.money_allocation;
drop table commerce.payment_event;
drop table commerce.refund;
drop table commerce.payment;
drop table internal.channel_secret;
drop table internal.payment_method_secret;
drop table commerce.saved_payment_method;
drop table commerce.address_book;
delete from internal.derived_column where table_name in ('payment', 'refund');
delete from internal.state_transition where machine = 'refund.status';
delete from internal.purge_child where child in ('internal.payment_method_secret', 'internal.channel_secret');
delete from internal.soft_delete_rule where child in ('address_book', 'saved_payment_method');
delete from internal.audit_rule where table_name in ('address_book', 'saved_payment_method', 'payment', 'refund');
