-- Merchants, the people whom they know, and which of these people are their staff.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.tenant (
  id uuid constraint tenant_pkey primary key default internal.uuid_v7(),
  tenant_hash integer generated always as (uuid_hash(id) >> 1) stored,
  default_currency text not null default 'USD',
  country_code text,
  shipping_tax_rate numeric(6,4) not null default 0,
  prices_include_tax boolean not null default false,
  is_active boolean not null default true,
  suspended_at timestamptz,
  closed_at timestamptz,
  name text not null,
  domain text not null,
  subscription_tier text not null default 'free',
  status text not null default 'provisioning',
  default_language text not null default 'en',
  timezone text not null default 'UTC',
  email text,
  phone_number text,
  settings jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint tenant_default_currency_fkey foreign key (default_currency)
    references commerce.currency (code) on delete restrict,
  constraint tenant_subscription_tier_fkey foreign key (subscription_tier)
    references commerce.subscription_plan (code) on delete restrict,
  constraint tenant_status_set check (status in ('provisioning', 'active', 'suspended', 'moving', 'closing', 'closed')),
  constraint tenant_closed_is_inactive check (not (status = 'closed' and is_active)),
  constraint tenant_name_not_blank check (not internal.is_blank(name)),
  constraint tenant_name_length check (length(name) <= 200),
  constraint tenant_domain_form check (
    domain = lower(domain) and domain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$'
  ),
  constraint tenant_domain_length check (length(domain) <= 253),
  constraint tenant_shipping_tax_rate_is_share check (shipping_tax_rate >= 0 and shipping_tax_rate < 1),
  constraint tenant_country_code_form check (country_code ~ '^[A-Z]{2}$'),
  constraint tenant_default_language_length check (length(default_language) between 2 and 35),
  constraint tenant_timezone_length check (length(timezone) <= 64),
  constraint tenant_email_lower_case check (email = lower(email)),
  constraint tenant_email_length check (length(email) <= 255),
  constraint tenant_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint tenant_settings_is_object check (jsonb_typeof(settings) = 'object'),
  constraint tenant_settings_size check (octet_length(settings::text) <= 65536)
);

create index tenant_default_currency_idx on commerce.tenant (default_currency);
create index tenant_subscription_tier_idx on commerce.tenant (subscription_tier);
alter table commerce.tenant
  add constraint tenant_domain_key unique (domain);

comment on table commerce.tenant is 'Merchants; each merchant sees only its own row and its own data.';
comment on column commerce.tenant.id is 'Identifier, ordered by time of creation.';
comment on column commerce.tenant.default_currency is 'ISO 4217 code that new products and orders start with.';
comment on column commerce.tenant.country_code is 'ISO 3166-1 alpha-2 code of the country it trades from.';
comment on column commerce.tenant.shipping_tax_rate is 'Tax on shipping as a share of its price: 0.075 is 7.5 %.';
comment on column commerce.tenant.prices_include_tax is 'Whether the prices of the shop contain the tax; if not, the tax is added to them. An order keeps the setting of the time when its basket was begun or last refreshed.';
comment on column commerce.tenant.is_active is 'While it is false, no session of the merchant can be opened.';
comment on column commerce.tenant.suspended_at is 'When the platform suspended it.';
comment on column commerce.tenant.closed_at is 'When it was closed for good.';
comment on column commerce.tenant.name is 'Name shown to buyers.';
comment on column commerce.tenant.domain is 'Host name of its storefront on the platform, lower case; unique on the whole platform.';
comment on column commerce.tenant.subscription_tier is 'Its subscription plan, which sets its limits.';
comment on column commerce.tenant.status is 'The stage that the merchant is in; only the platform changes it.';
comment on column commerce.tenant.default_language is 'BCP 47 tag of the language it writes in.';
comment on column commerce.tenant.timezone is 'IANA name of its time zone, which decides where the days of reports begin and end.';
comment on column commerce.tenant.email is 'Where the platform reaches it, lower case.';
comment on column commerce.tenant.phone_number is 'Where the platform reaches it, in E.164 form.';
comment on column commerce.tenant.settings is 'Flexible preferences, a JSON object of at most 64 KiB. With tellShoppersStock: true, a refused order reports to a shopper how many units there are.';
comment on column commerce.tenant.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.tenant.created_at is 'When the row was made.';
comment on column commerce.tenant.updated_at is 'When the row last changed.';

insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('tenant.status', 'provisioning', 'active', null, false, true),
  ('tenant.status', 'active', 'suspended', null, false, true),
  ('tenant.status', 'active', 'moving', null, false, true),
  ('tenant.status', 'moving', 'active', null, false, true),
  ('tenant.status', 'suspended', 'moving', null, false, true),
  ('tenant.status', 'moving', 'suspended', null, false, true),
  ('tenant.status', 'active', 'closing', null, false, true),
  ('tenant.status', 'suspended', 'active', null, false, true),
  ('tenant.status', 'suspended', 'closing', null, false, true),
  ('tenant.status', 'closing', 'active', null, false, true),
  ('tenant.status', 'closing', 'closed', null, false, true);

create table internal.tenant_counter (
  id uuid constraint tenant_counter_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null,
  name text not null,
  prefix text not null default '',
  next_value bigint not null default 1 constraint tenant_counter_next_value_positive check (next_value > 0),
  constraint tenant_counter_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id)
);

alter table internal.tenant_counter
  add constraint tenant_counter_tenant_id_name_key unique (tenant_id, name);
alter table internal.tenant_counter replica identity using index tenant_counter_tenant_id_name_key;

comment on table internal.tenant_counter is 'Number series of a tenant. The lock on its row keeps a series free of gaps.';
comment on column internal.tenant_counter.id is 'Identifier.';
comment on column internal.tenant_counter.tenant_id is 'The tenant whose series it is.';
comment on column internal.tenant_counter.name is 'Name of the series: orders or returns.';
comment on column internal.tenant_counter.prefix is 'The prefix of the number.';
comment on column internal.tenant_counter.next_value is 'The next number of the series.';

create table commerce.users (
  id uuid constraint users_pkey primary key default internal.uuid_v7(),
  tenant_key uuid not null,
  tenant_id uuid default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(id) >> 1) stored,
  is_seller boolean not null default false,
  is_system_admin boolean not null default false,
  last_seen_at timestamptz,
  email text,
  auth_subject text,
  display_name text,
  phone_number text,
  locale text,
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint users_admin_has_no_tenant check (is_system_admin = (tenant_id is null)),
  constraint users_email_form check (email = lower(email) and email like '%_@_%'),
  constraint users_email_length check (length(email) <= 255),
  constraint users_auth_subject_length check (length(auth_subject) between 1 and 255),
  constraint users_display_name_length check (length(display_name) <= 200 and not internal.is_blank(display_name)),
  constraint users_phone_number_form check (phone_number ~ '^\+[1-9][0-9]{6,14}$'),
  constraint users_locale_length check (length(locale) <= 35),
  constraint users_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index users_deleted_at_idx on commerce.users (tenant_id, deleted_at) where is_deleted;
create unique index users_tenant_id_id_key on commerce.users (tenant_id, id);
create unique index users_tenant_key_id_key on commerce.users (tenant_key, id);
-- Nulls not distinct: system administrators have no tenant, and their addresses are unique among them.
create unique index users_tenant_id_email_key on commerce.users (tenant_id, email) nulls not distinct
  where not is_deleted and email is not null;
create unique index users_tenant_id_auth_subject_key on commerce.users (tenant_id, auth_subject) nulls not distinct
  where not is_deleted and auth_subject is not null;
alter table commerce.users replica identity using index users_tenant_key_id_key;

comment on table commerce.users is 'The people whom a merchant knows: staff, sellers and buyers. There are no passwords here; the identity provider keeps them.';
comment on column commerce.users.id is 'Identifier, ordered by time of creation.';
comment on column commerce.users.tenant_key is 'The tenant_id, or zeros for a system administrator; maintained by a trigger.';
comment on column commerce.users.tenant_id is 'The merchant; NULL only for system administrators.';
comment on column commerce.users.is_seller is 'Whether the person has a live seller profile; maintained by the database.';
comment on column commerce.users.is_system_admin is 'Whether the person administers the platform.';
comment on column commerce.users.last_seen_at is 'When the person last acted.';
comment on column commerce.users.email is 'E-mail address, stored in lower case; NULL for a guest of a chat.';
comment on column commerce.users.auth_subject is 'Subject claim of the identity provider; NULL for a person without a login.';
comment on column commerce.users.display_name is 'Name shown to others.';
comment on column commerce.users.phone_number is 'Telephone number in E.164 form.';
comment on column commerce.users.locale is 'BCP 47 tag of the person''s language.';
comment on column commerce.users.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.users.is_deleted is 'Whether the row was deleted; it can be restored.';
comment on column commerce.users.deleted_at is 'When it was deleted.';
comment on column commerce.users.created_at is 'When the row was made.';
comment on column commerce.users.updated_at is 'When the row last changed.';

insert into internal.derived_column (table_name, column_name)
values ('users', 'is_seller'), ('users', 'last_seen_at');
insert into internal.audit_rule (table_name, column_name, treatment)
values
  ('users', 'email', 'mask'),
  ('users', 'phone_number', 'mask'),
  ('users', 'auth_subject', 'mask'),
  ('users', 'display_name', 'mask');

create table commerce.team_members (
  id uuid constraint team_members_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null,
  invited_by uuid default internal.user_id(),
  is_active boolean not null default true,
  joined_at timestamptz not null default now(),
  deactivated_at timestamptz,
  role text not null,
  permissions text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint team_members_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint team_members_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint team_members_invited_by_fkey foreign key (tenant_id, invited_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint team_members_role_set check (role in ('owner', 'admin', 'manager', 'editor', 'viewer', 'service')),
  constraint team_members_permissions_size check (cardinality(permissions) <= 100 and array_position(permissions, null) is null)
);

create index team_members_active_owner_idx on commerce.team_members (tenant_id) where role = 'owner' and is_active;
create index team_members_tenant_id_invited_by_idx on commerce.team_members (tenant_id, invited_by);
alter table commerce.team_members
  add constraint team_members_tenant_id_user_id_key unique (tenant_id, user_id);
create unique index team_members_tenant_id_id_key on commerce.team_members (tenant_id, id);
alter table commerce.team_members replica identity using index team_members_tenant_id_id_key;

comment on table commerce.team_members is 'The staff of a merchant; an active merchant keeps at least one active owner.';
comment on column commerce.team_members.id is 'Identifier, ordered by time of creation.';
comment on column commerce.team_members.tenant_id is 'The merchant.';
comment on column commerce.team_members.user_id is 'The person.';
comment on column commerce.team_members.invited_by is 'The person who sent the invitation; set by the database.';
comment on column commerce.team_members.is_active is 'Whether the person works for the merchant now.';
comment on column commerce.team_members.joined_at is 'When the person joined.';
comment on column commerce.team_members.deactivated_at is 'When the person was deactivated.';
comment on column commerce.team_members.role is 'What the person may do by default.';
comment on column commerce.team_members.permissions is 'Permission codes beyond those of the role, at most 100.';
comment on column commerce.team_members.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.team_members.created_at is 'When the row was made.';
comment on column commerce.team_members.updated_at is 'When the row last changed.';

-- A member must be deactivated before the user is deleted, because the deactivation is refused for the last owner.
insert into internal.soft_delete_rule (parent, child, child_column, action, live_when)
values ('users', 'team_members', 'user_id', 'refuse', 'is_active');

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint tenant_closed_is_inactive on commerce.tenant is 'is_active must be false for a merchant that is closed';
comment on constraint tenant_domain_form on commerce.tenant is 'domain must be a host name in lower case, such as shop.example';
comment on constraint users_admin_has_no_tenant on commerce.users is 'tenant_id must be given, unless the person administers the platform';
comment on constraint users_email_form on commerce.users is 'email must be an e-mail address in lower case';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.team_members;
drop table commerce.users;
drop table internal.tenant_counter;
drop table commerce.tenant;
delete from internal.soft_delete_rule where child = 'team_members';
delete from internal.audit_rule where table_name = 'users';
delete from internal.derived_column where table_name = 'users';
delete from internal.state_transition where machine = 'tenant.status';
