-- The sellers, and how far each one's verification has come.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.seller_profile (
  id uuid constraint seller_profile_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null,
  logo_asset_id uuid,
  is_verified boolean not null default false,
  business_name text not null,
  business_type text not null default 'individual',
  phone_number text,
  email text,
  slug text not null,
  bio text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seller_profile_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint seller_profile_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint seller_profile_logo_asset_id_fkey foreign key (tenant_id, logo_asset_id)
    references commerce.storefront_asset (tenant_id, id) on delete restrict,
  constraint seller_profile_business_name_not_blank check (not internal.is_blank(business_name)),
  constraint seller_profile_business_name_length check (length(business_name) <= 200),
  constraint seller_profile_business_type_set check (
    business_type in (
      'individual', 'sole_proprietor', 'partnership', 'limited_company', 'cooperative', 'non_profit', 'other'
    )
  ),
  constraint seller_profile_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint seller_profile_email_lower_case check (email = lower(email)),
  constraint seller_profile_email_length check (length(email) <= 255),
  constraint seller_profile_slug_form check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  constraint seller_profile_slug_length check (length(slug) <= 200),
  constraint seller_profile_bio_size check (octet_length(bio) <= 65536),
  constraint seller_profile_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index seller_profile_deleted_at_idx on commerce.seller_profile (tenant_id, deleted_at) where is_deleted;
create index seller_profile_tenant_id_logo_asset_id_idx on commerce.seller_profile (tenant_id, logo_asset_id);
alter table commerce.seller_profile
  add constraint seller_profile_tenant_id_user_id_key unique (tenant_id, user_id);
create unique index seller_profile_tenant_id_id_key on commerce.seller_profile (tenant_id, id);
create unique index seller_profile_tenant_id_slug_key on commerce.seller_profile (tenant_id, slug) where not is_deleted;
alter table commerce.seller_profile replica identity using index seller_profile_tenant_id_id_key;

comment on table commerce.seller_profile is 'Sellers of a merchant: one for a shop, several for a marketplace.';
comment on column commerce.seller_profile.id is 'Identifier, ordered by time of creation.';
comment on column commerce.seller_profile.tenant_id is 'The merchant.';
comment on column commerce.seller_profile.user_id is 'The person who sells.';
comment on column commerce.seller_profile.logo_asset_id is 'The logo.';
comment on column commerce.seller_profile.is_verified is 'Whether the seller passed verification; only the review sets it.';
comment on column commerce.seller_profile.business_name is 'Name that buyers see.';
comment on column commerce.seller_profile.business_type is 'Legal form of the business.';
comment on column commerce.seller_profile.phone_number is 'Telephone number in E.164 form.';
comment on column commerce.seller_profile.email is 'E-mail address, stored in lower case.';
comment on column commerce.seller_profile.slug is 'Name in links: lower-case letters, digits and single hyphens.';
comment on column commerce.seller_profile.bio is 'What the seller says about the business.';
comment on column commerce.seller_profile.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.seller_profile.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.seller_profile.deleted_at is 'When it was deleted.';
comment on column commerce.seller_profile.created_at is 'When the row was made.';
comment on column commerce.seller_profile.updated_at is 'When the row last changed.';

insert into internal.soft_delete_rule (parent, child, child_column, action)
values
  ('users', 'seller_profile', 'user_id', 'refuse'),
  ('storefront_asset', 'seller_profile', 'logo_asset_id', 'refuse');
insert into internal.audit_rule (table_name, column_name, treatment)
values ('seller_profile', 'phone_number', 'mask'), ('seller_profile', 'email', 'mask');

create table commerce.seller_onboarding (
  id uuid constraint seller_onboarding_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  seller_hash integer generated always as (uuid_hash(seller_id) >> 1) stored,
  seller_id uuid not null,
  reviewed_by uuid,
  submission_count smallint not null default 0,
  submitted_at timestamptz,
  verified_at timestamptz,
  rejected_at timestamptz,
  onboarding_status text not null default 'not_started',
  verification_status text not null default 'unverified',
  current_step text,
  rejection_reason text,
  additional_info_requested text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint seller_onboarding_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint seller_onboarding_seller_id_fkey foreign key (tenant_id, seller_id)
    references commerce.seller_profile (tenant_id, id) on delete restrict,
  constraint seller_onboarding_reviewed_by_fkey foreign key (tenant_id, reviewed_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint seller_onboarding_onboarding_status_set check (
    onboarding_status in (
      'not_started', 'in_progress', 'submitted', 'in_review', 'additional_info_needed', 'approved', 'rejected'
    )
  ),
  constraint seller_onboarding_verification_status_set check (
    verification_status in ('unverified', 'pending', 'verified', 'rejected', 'expired')
  ),
  constraint seller_onboarding_current_step_set check (
    current_step in (
      'business_info', 'identity', 'business', 'banking', 'tax', 'address', 'kyc_upload', 'domain', 'team_invite'
    )
  ),
  constraint seller_onboarding_submitted_has_time check (
    onboarding_status not in ('submitted', 'in_review', 'additional_info_needed', 'approved', 'rejected')
    or submitted_at is not null
  ),
  constraint seller_onboarding_approved_is_verified check (
    (onboarding_status = 'approved') = (verification_status = 'verified')
  ),
  constraint seller_onboarding_verified_has_time check (verification_status <> 'verified' or verified_at is not null),
  constraint seller_onboarding_rejected_has_reason check (
    onboarding_status <> 'rejected' or (rejected_at is not null and rejection_reason is not null)
  ),
  constraint seller_onboarding_submission_count_not_negative check (submission_count >= 0),
  constraint seller_onboarding_rejection_reason_size check (octet_length(rejection_reason) <= 65536),
  constraint seller_onboarding_additional_info_requested_size check (octet_length(additional_info_requested) <= 65536)
);

create index seller_onboarding_onboarding_status_submitted_at_idx
  on commerce.seller_onboarding (onboarding_status, submitted_at)
  where onboarding_status in ('submitted', 'in_review');
create index seller_onboarding_tenant_id_reviewed_by_idx on commerce.seller_onboarding (tenant_id, reviewed_by);
alter table commerce.seller_onboarding
  add constraint seller_onboarding_tenant_id_seller_id_key unique (tenant_id, seller_id);
create unique index seller_onboarding_tenant_id_id_key on commerce.seller_onboarding (tenant_id, id);
alter table commerce.seller_onboarding replica identity using index seller_onboarding_tenant_id_id_key;

comment on table commerce.seller_onboarding is 'How far a seller''s onboarding and verification have come: one row for each seller.';
comment on column commerce.seller_onboarding.id is 'Identifier, ordered by time of creation.';
comment on column commerce.seller_onboarding.tenant_id is 'The merchant.';
comment on column commerce.seller_onboarding.seller_id is 'The seller.';
comment on column commerce.seller_onboarding.reviewed_by is 'The person who decided last; set by the database.';
comment on column commerce.seller_onboarding.submission_count is 'How often it was submitted.';
comment on column commerce.seller_onboarding.submitted_at is 'When it was last submitted.';
comment on column commerce.seller_onboarding.verified_at is 'When the seller was verified.';
comment on column commerce.seller_onboarding.rejected_at is 'When it was last rejected.';
comment on column commerce.seller_onboarding.onboarding_status is 'State of the onboarding; only its functions change it.';
comment on column commerce.seller_onboarding.verification_status is 'Whether the seller''s identity is verified.';
comment on column commerce.seller_onboarding.current_step is 'The step that the seller is at.';
comment on column commerce.seller_onboarding.rejection_reason is 'Why it was rejected.';
comment on column commerce.seller_onboarding.additional_info_requested is 'What the reviewer still needs.';
comment on column commerce.seller_onboarding.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.seller_onboarding.created_at is 'When the row was made.';
comment on column commerce.seller_onboarding.updated_at is 'When the row last changed.';

insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('seller_onboarding.onboarding_status', 'not_started', 'in_progress', null, false, false),
  ('seller_onboarding.onboarding_status', 'in_progress', 'submitted', null, false, false),
  ('seller_onboarding.onboarding_status', 'submitted', 'in_review', 'kyc.review', false, false),
  ('seller_onboarding.onboarding_status', 'in_review', 'approved', 'kyc.review', false, false),
  ('seller_onboarding.onboarding_status', 'in_review', 'rejected', 'kyc.review', false, false),
  ('seller_onboarding.onboarding_status', 'in_review', 'additional_info_needed', 'kyc.review', false, false),
  ('seller_onboarding.onboarding_status', 'additional_info_needed', 'submitted', null, false, false),
  ('seller_onboarding.onboarding_status', 'rejected', 'in_progress', null, false, false),
  ('seller_onboarding.onboarding_status', 'approved', 'in_review', 'kyc.review', false, false),
  ('seller_onboarding.onboarding_status', 'approved', 'additional_info_needed', 'kyc.review', false, true);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint seller_onboarding_approved_is_verified on commerce.seller_onboarding is 'verification_status must be verified for an onboarding that is approved, and for no other';
comment on constraint seller_onboarding_rejected_has_reason on commerce.seller_onboarding is 'rejection_reason must be given for an onboarding that is rejected, and rejected_at with it';
comment on constraint seller_onboarding_submitted_has_time on commerce.seller_onboarding is 'submitted_at must be given for an onboarding that was submitted';
comment on constraint seller_onboarding_verified_has_time on commerce.seller_onboarding is 'verified_at must be given for an onboarding that is verified';
comment on constraint seller_profile_slug_form on commerce.seller_profile is 'slug must be lower-case letters, digits and single hyphens';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.seller_onboarding;
drop table commerce.seller_profile;
delete from internal.state_transition where machine = 'seller_onboarding.onboarding_status';
delete from internal.audit_rule where table_name = 'seller_profile';
delete from internal.soft_delete_rule where child = 'seller_profile';
