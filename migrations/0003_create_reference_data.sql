-- Tables that are the same for every merchant. Their rows come later, when policies and audit are in place.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.currency (
  code text constraint currency_pkey primary key,
  minor_unit smallint not null default 2,
  name text not null,
  constraint currency_code_form check (code ~ '^[A-Z]{3}$'),
  constraint currency_minor_unit_range check (minor_unit between 0 and 4),
  constraint currency_name_length check (length(name) <= 200 and not internal.is_blank(name))
);

comment on table commerce.currency is 'Currencies of ISO 4217 and how many decimals their amounts may have.';
comment on column commerce.currency.code is 'ISO 4217 code, three capital letters.';
comment on column commerce.currency.minor_unit is 'Decimals of an amount: 2 for USD, 0 for JPY, 3 for KWD.';
comment on column commerce.currency.name is 'English name.';

create table commerce.subscription_plan (
  code text constraint subscription_plan_pkey primary key,
  max_products integer,
  max_team_members integer,
  max_channels integer,
  max_messages_per_month integer,
  max_orders_per_month integer,
  max_storage_bytes bigint,
  is_active boolean not null default true,
  name text not null,
  features jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint subscription_plan_code_form check (code ~ '^[a-z][a-z0-9_]{0,49}$'),
  constraint subscription_plan_max_products_not_negative check (max_products >= 0),
  constraint subscription_plan_max_team_members_not_negative check (max_team_members >= 0),
  constraint subscription_plan_max_channels_not_negative check (max_channels >= 0),
  constraint subscription_plan_max_messages_per_month_not_negative check (max_messages_per_month >= 0),
  constraint subscription_plan_max_orders_per_month_not_negative check (max_orders_per_month >= 0),
  constraint subscription_plan_max_storage_bytes_not_negative check (max_storage_bytes >= 0),
  constraint subscription_plan_name_length check (length(name) <= 200 and not internal.is_blank(name)),
  constraint subscription_plan_features_is_object check (jsonb_typeof(features) = 'object'),
  constraint subscription_plan_features_size check (octet_length(features::text) <= 65536)
);

comment on table commerce.subscription_plan is 'Subscription plans and their limits; NULL means unlimited.';
comment on column commerce.subscription_plan.code is 'The name of the plan, as in tenant.subscription_tier.';
comment on column commerce.subscription_plan.max_products is 'Maximum number of live products.';
comment on column commerce.subscription_plan.max_team_members is 'Maximum number of active team members.';
comment on column commerce.subscription_plan.max_channels is 'Maximum number of connected channels.';
comment on column commerce.subscription_plan.max_messages_per_month is 'Maximum number of messages sent in a calendar month.';
comment on column commerce.subscription_plan.max_orders_per_month is 'Maximum number of orders placed in a calendar month.';
comment on column commerce.subscription_plan.max_storage_bytes is 'Maximum number of bytes of stored files.';
comment on column commerce.subscription_plan.is_active is 'Whether merchants may choose it.';
comment on column commerce.subscription_plan.name is 'Name shown to merchants.';
comment on column commerce.subscription_plan.features is 'Feature switches, a JSON object of at most 64 KiB.';
comment on column commerce.subscription_plan.created_at is 'When the row was made.';
comment on column commerce.subscription_plan.updated_at is 'When the row last changed.';

create table commerce.permission (
  code text constraint permission_pkey primary key,
  description text not null,
  constraint permission_code_form check (code ~ '^[a-z_]+\.[a-z_]+$'),
  constraint permission_code_length check (length(code) <= 100),
  constraint permission_description_length check (length(description) between 1 and 500)
);

comment on table commerce.permission is 'What a team member can be allowed to do.';
comment on column commerce.permission.code is 'resource.action.';
comment on column commerce.permission.description is 'What it allows.';

create table commerce.role_permission (
  role text not null,
  permission_code text not null,
  constraint role_permission_pkey primary key (role, permission_code),
  constraint role_permission_permission_code_fkey foreign key (permission_code)
    references commerce.permission (code) on delete restrict,
  constraint role_permission_role_set check (role in ('owner', 'admin', 'manager', 'editor', 'viewer', 'service'))
);

create index role_permission_permission_code_idx on commerce.role_permission (permission_code);

comment on table commerce.role_permission is 'What each team role may do by default; team_members.permissions adds to it.';
comment on column commerce.role_permission.role is 'The team role.';
comment on column commerce.role_permission.permission_code is 'A permission that it has.';

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint currency_code_form on commerce.currency is 'code must be three capital letters';
comment on constraint permission_code_form on commerce.permission is 'code must be two words in lower case with a dot between them';
comment on constraint subscription_plan_code_form on commerce.subscription_plan is 'code must be lower-case letters, digits and underscores, beginning with a letter';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.role_permission;
drop table commerce.permission;
drop table commerce.subscription_plan;
drop table commerce.currency;
