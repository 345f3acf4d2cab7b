-- The data that verifies a seller. Numbers are ciphertext that the application makes and the database never reads.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.kyc_info (
  id uuid constraint kyc_info_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  seller_id uuid not null,
  reviewed_by uuid,
  country_code text,
  reviewed_at timestamptz,
  purge_after timestamptz,
  business_registration_number bytea,
  business_registration_number_hash bytea,
  tax_id bytea,
  tax_id_hash bytea,
  tax_id_last_four text,
  id_type text,
  verification_status text not null default 'unverified',
  rejection_reason text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint kyc_info_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint kyc_info_seller_id_fkey foreign key (tenant_id, seller_id)
    references commerce.seller_onboarding (tenant_id, seller_id) on delete restrict,
  constraint kyc_info_reviewed_by_fkey foreign key (tenant_id, reviewed_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint kyc_info_country_code_form check (country_code ~ '^[A-Z]{2}$'),
  constraint kyc_info_business_registration_number_is_envelope check (
    octet_length(business_registration_number) between 32 and 8192
  ),
  constraint kyc_info_business_registration_number_hash_length check (
    octet_length(business_registration_number_hash) = 32
  ),
  constraint kyc_info_tax_id_is_envelope check (octet_length(tax_id) between 32 and 8192),
  constraint kyc_info_tax_id_hash_length check (octet_length(tax_id_hash) = 32),
  constraint kyc_info_tax_id_last_four_length check (length(tax_id_last_four) <= 4),
  constraint kyc_info_id_type_set check (
    id_type in (
      'national_id', 'passport', 'drivers_license', 'voter_id', 'business_registration',
      'tax_certificate', 'proof_of_address', 'bank_statement', 'selfie', 'other'
    )
  ),
  constraint kyc_info_verification_status_set check (verification_status in ('unverified', 'pending', 'verified', 'rejected', 'expired')),
  constraint kyc_info_rejection_reason_size check (octet_length(rejection_reason) <= 65536)
);

create index kyc_info_tax_id_hash_idx on commerce.kyc_info (tax_id_hash) where tax_id_hash is not null;
create index kyc_info_tenant_id_reviewed_by_idx on commerce.kyc_info (tenant_id, reviewed_by);
alter table commerce.kyc_info
  add constraint kyc_info_tenant_id_seller_id_key unique (tenant_id, seller_id);
alter table commerce.kyc_info replica identity using index kyc_info_tenant_id_seller_id_key;

comment on table commerce.kyc_info is 'The data that verifies a seller: one row for each onboarding; the numbers are ciphertext.';
comment on column commerce.kyc_info.id is 'Identifier, ordered by time of creation.';
comment on column commerce.kyc_info.tenant_id is 'The merchant.';
comment on column commerce.kyc_info.seller_id is 'The seller, whose onboarding it belongs to.';
comment on column commerce.kyc_info.reviewed_by is 'The person who decided last; set by the database.';
comment on column commerce.kyc_info.country_code is 'ISO 3166-1 alpha-2 code of the country that issued the numbers.';
comment on column commerce.kyc_info.reviewed_at is 'When the last decision was made.';
comment on column commerce.kyc_info.purge_after is 'The time after which the row is to be erased.';
comment on column commerce.kyc_info.business_registration_number is 'AES-256-GCM envelope of the registration number.';
comment on column commerce.kyc_info.business_registration_number_hash is 'HMAC-SHA-256 of the registration number, to find another row with the same number.';
comment on column commerce.kyc_info.tax_id is 'AES-256-GCM envelope of the tax number.';
comment on column commerce.kyc_info.tax_id_hash is 'HMAC-SHA-256 of the tax number, to find another row with the same number.';
comment on column commerce.kyc_info.tax_id_last_four is 'The last characters of the tax number, at most four, by which it is recognised.';
comment on column commerce.kyc_info.id_type is 'The kind of document that shows who the seller is.';
comment on column commerce.kyc_info.verification_status is 'Whether it was verified; changed by the review only.';
comment on column commerce.kyc_info.rejection_reason is 'Why it was rejected.';
comment on column commerce.kyc_info.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.kyc_info.created_at is 'When the row was made.';
comment on column commerce.kyc_info.updated_at is 'When the row last changed.';

insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('kyc_info', 'business_registration_number', 'omit'),
  ('kyc_info', 'business_registration_number_hash', 'omit'),
  ('kyc_info', 'tax_id', 'omit'),
  ('kyc_info', 'tax_id_hash', 'omit'),
  ('kyc_info', 'tax_id_last_four', 'mask');

create table commerce.kyc_document (
  id uuid constraint kyc_document_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_onboarding_hash integer generated always as (uuid_hash(seller_onboarding_id) >> 1) stored,
  seller_onboarding_id uuid not null,
  reviewed_by uuid,
  size_bytes bigint,
  issued_on date,
  expires_on date,
  reviewed_at timestamptz,
  purge_after timestamptz,
  document_type text not null,
  side text,
  document_url text not null,
  verification_status text not null default 'pending',
  mime_type text,
  sha256 bytea,
  rejection_reason text,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint kyc_document_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint kyc_document_seller_onboarding_id_fkey foreign key (tenant_id, seller_onboarding_id)
    references commerce.seller_onboarding (tenant_id, id) on delete restrict,
  constraint kyc_document_reviewed_by_fkey foreign key (tenant_id, reviewed_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint kyc_document_size_bytes_positive check (size_bytes > 0),
  constraint kyc_document_expires_after_issue check (expires_on > issued_on),
  constraint kyc_document_document_type_set check (
    document_type in (
      'national_id', 'passport', 'drivers_license', 'voter_id', 'business_registration',
      'tax_certificate', 'proof_of_address', 'bank_statement', 'selfie', 'other'
    )
  ),
  constraint kyc_document_side_set check (side in ('front', 'back')),
  constraint kyc_document_document_url_length check (length(document_url) between 1 and 2048),
  constraint kyc_document_verification_status_set check (verification_status in ('unverified', 'pending', 'verified', 'rejected', 'expired')),
  constraint kyc_document_mime_type_length check (length(mime_type) <= 255),
  constraint kyc_document_sha256_length check (octet_length(sha256) = 32),
  constraint kyc_document_rejection_reason_size check (octet_length(rejection_reason) <= 65536),
  constraint kyc_document_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index kyc_document_deleted_at_idx on commerce.kyc_document (tenant_id, deleted_at) where is_deleted;
create index kyc_document_expires_on_idx on commerce.kyc_document (expires_on) where verification_status = 'verified';
create index kyc_document_tenant_id_reviewed_by_idx on commerce.kyc_document (tenant_id, reviewed_by);
-- One document may wait for its review beside a verified one: a seller hands in the next before the last has expired.
create unique index kyc_document_tenant_id_onboarding_id_type_side_status_key
  on commerce.kyc_document (tenant_id, seller_onboarding_id, document_type, side, verification_status) nulls not distinct
  where not is_deleted and verification_status in ('pending', 'verified');
create unique index kyc_document_tenant_id_seller_onboarding_id_id_key
  on commerce.kyc_document (tenant_id, seller_onboarding_id, id);
alter table commerce.kyc_document replica identity using index kyc_document_tenant_id_seller_onboarding_id_id_key;

comment on table commerce.kyc_document is 'Documents of a seller''s onboarding; the files are in private storage.';
comment on column commerce.kyc_document.id is 'Identifier, ordered by time of creation.';
comment on column commerce.kyc_document.tenant_id is 'The merchant.';
comment on column commerce.kyc_document.seller_onboarding_id is 'The onboarding that it belongs to.';
comment on column commerce.kyc_document.reviewed_by is 'The person who decided last; set by the database.';
comment on column commerce.kyc_document.size_bytes is 'Size in bytes.';
comment on column commerce.kyc_document.issued_on is 'Day on which the document was issued.';
comment on column commerce.kyc_document.expires_on is 'Day on which it expires.';
comment on column commerce.kyc_document.reviewed_at is 'When the last decision was made.';
comment on column commerce.kyc_document.purge_after is 'The time after which the row is to be erased.';
comment on column commerce.kyc_document.document_type is 'Kind of document.';
comment on column commerce.kyc_document.side is 'Which side of the document the file shows; NULL: all of it.';
comment on column commerce.kyc_document.document_url is 'Key of the private object; never a public link.';
comment on column commerce.kyc_document.verification_status is 'Whether it was verified; changed by the review only.';
comment on column commerce.kyc_document.mime_type is 'Media type, such as application/pdf.';
comment on column commerce.kyc_document.sha256 is 'SHA-256 of the content.';
comment on column commerce.kyc_document.rejection_reason is 'Why it was rejected.';
comment on column commerce.kyc_document.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.kyc_document.deleted_at is 'When it was deleted.';
comment on column commerce.kyc_document.created_at is 'When the row was made.';
comment on column commerce.kyc_document.updated_at is 'When the row last changed.';

insert into internal.audit_rule (table_name, column_name, treatment)
values ('kyc_document', 'document_url', 'omit'), ('kyc_document', 'sha256', 'omit');
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('kyc_document.verification_status', 'pending', 'verified', 'kyc.review', false, false),
  ('kyc_document.verification_status', 'pending', 'rejected', 'kyc.review', false, false),
  ('kyc_document.verification_status', 'verified', 'expired', null, false, true),
  ('kyc_document.verification_status', 'verified', 'rejected', 'kyc.review', false, false);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint kyc_document_expires_after_issue on commerce.kyc_document is 'expires_on must be after the day of issue';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.kyc_document;
drop table commerce.kyc_info;
delete from internal.state_transition where machine = 'kyc_document.verification_status';
delete from internal.audit_rule where table_name in ('kyc_info', 'kyc_document');
