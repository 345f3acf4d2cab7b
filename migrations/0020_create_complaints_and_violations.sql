-- Complaints, and the consequences for people who broke the rules.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.complaints (
  id uuid constraint complaints_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null default internal.user_id(),
  order_id uuid,
  product_id uuid,
  thread_id uuid,
  assigned_member_id uuid,
  resolved_at timestamptz,
  type text not null,
  status text not null default 'pending',
  tier text not null default 'tier1',
  description text not null,
  resolution text,
  escalation_reason text,
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint complaints_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint complaints_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint complaints_order_id_fkey foreign key (tenant_id, order_id)
    references commerce.orders (tenant_id, id) on delete restrict,
  constraint complaints_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint complaints_thread_id_fkey foreign key (tenant_id, thread_id)
    references commerce.conversation_thread (tenant_id, id) on delete restrict,
  constraint complaints_assigned_member_id_fkey foreign key (tenant_id, assigned_member_id)
    references commerce.team_members (tenant_id, id) on delete restrict,
  constraint complaints_type_set check (type in ('product', 'order', 'user', 'other')),
  constraint complaints_status_set check (status in ('pending', 'in_review', 'escalated', 'resolved')),
  constraint complaints_tier_set check (tier in ('tier1', 'tier2', 'tier3')),
  constraint complaints_resolved_has_time check ((status = 'resolved') = (resolved_at is not null)),
  constraint complaints_resolved_has_resolution check (status <> 'resolved' or resolution is not null),
  constraint complaints_escalated_has_reason check (
    status <> 'escalated' or (tier <> 'tier1' and escalation_reason is not null)
  ),
  constraint complaints_order_is_named check (type <> 'order' or order_id is not null),
  constraint complaints_product_is_named check (type <> 'product' or product_id is not null),
  constraint complaints_description_size check (octet_length(description) between 1 and 65536),
  constraint complaints_resolution_size check (octet_length(resolution) <= 65536),
  constraint complaints_escalation_reason_size check (octet_length(escalation_reason) <= 65536)
);

create index complaints_tenant_id_status_id_idx on commerce.complaints (tenant_id, status, id);
create index complaints_tenant_id_user_id_idx on commerce.complaints (tenant_id, user_id);
create index complaints_tenant_id_order_id_idx on commerce.complaints (tenant_id, order_id);
create index complaints_tenant_id_product_id_idx on commerce.complaints (tenant_id, product_id);
create index complaints_tenant_id_thread_id_idx on commerce.complaints (tenant_id, thread_id);
create index complaints_tenant_id_assigned_member_id_id_idx
  on commerce.complaints (tenant_id, assigned_member_id, id);
create unique index complaints_tenant_id_id_key on commerce.complaints (tenant_id, id);
alter table commerce.complaints replica identity using index complaints_tenant_id_id_key;

comment on table commerce.complaints is 'Complaints of people about an order, a product or a person.';
comment on column commerce.complaints.id is 'Identifier, ordered by time of creation.';
comment on column commerce.complaints.tenant_id is 'The merchant.';
comment on column commerce.complaints.user_id is 'The person who complains.';
comment on column commerce.complaints.order_id is 'The order that it is about.';
comment on column commerce.complaints.product_id is 'The product that it is about.';
comment on column commerce.complaints.thread_id is 'The conversation that it came up in.';
comment on column commerce.complaints.assigned_member_id is 'The member of staff who deals with it.';
comment on column commerce.complaints.resolved_at is 'When it was resolved.';
comment on column commerce.complaints.type is 'What it is about.';
comment on column commerce.complaints.status is 'Its state; only its functions change it.';
comment on column commerce.complaints.tier is 'The tier to which it has been escalated.';
comment on column commerce.complaints.description is 'What happened, in the words of the person who complains.';
comment on column commerce.complaints.resolution is 'How it was resolved.';
comment on column commerce.complaints.escalation_reason is 'Why it was escalated.';
comment on column commerce.complaints.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.complaints.created_at is 'When the row was made.';
comment on column commerce.complaints.updated_at is 'When the row last changed.';

insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('complaints.status', 'pending', 'in_review', 'complaints.manage', false, false),
  ('complaints.status', 'pending', 'escalated', 'complaints.manage', false, false),
  ('complaints.status', 'pending', 'resolved', 'complaints.manage', false, false),
  ('complaints.status', 'in_review', 'escalated', 'complaints.manage', false, false),
  ('complaints.status', 'in_review', 'resolved', 'complaints.manage', false, false),
  ('complaints.status', 'escalated', 'in_review', 'complaints.manage', false, false),
  ('complaints.status', 'escalated', 'resolved', 'complaints.manage', false, false),
  ('complaints.status', 'resolved', 'in_review', 'complaints.manage', false, false);

create table commerce.violations (
  id uuid constraint violations_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  user_hash integer generated always as (uuid_hash(user_id) >> 1) stored,
  user_id uuid not null,
  complaint_id uuid,
  issued_by uuid default internal.user_id(),
  start_at timestamptz not null default now(),
  end_at timestamptz,
  resolved_at timestamptz,
  type text not null,
  severity text not null,
  action text not null,
  status text not null default 'active',
  reason text not null,
  details jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint violations_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint violations_user_id_fkey foreign key (tenant_id, user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint violations_complaint_id_fkey foreign key (tenant_id, complaint_id)
    references commerce.complaints (tenant_id, id) on delete restrict,
  constraint violations_issued_by_fkey foreign key (tenant_id, issued_by)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint violations_type_set check (type in ('content', 'behavior', 'security', 'policy', 'fraud')),
  constraint violations_severity_set check (severity in ('low', 'medium', 'high', 'critical')),
  constraint violations_action_set check (action in ('warning', 'restrict', 'temp_ban', 'perm_ban')),
  constraint violations_status_set check (status in ('active', 'resolved', 'expired')),
  constraint violations_ends_after_start check (end_at > start_at),
  constraint violations_temporary_ban_ends check (action <> 'temp_ban' or end_at is not null),
  constraint violations_active_is_unresolved check ((status = 'active') = (resolved_at is null)),
  constraint violations_reason_size check (octet_length(reason) between 1 and 65536),
  constraint violations_details_is_object check (jsonb_typeof(details) = 'object'),
  constraint violations_details_size check (octet_length(details::text) <= 65536)
);

create index violations_tenant_id_end_at_idx on commerce.violations (tenant_id, end_at)
  where status = 'active' and end_at is not null;
create index violations_tenant_id_user_id_active_idx on commerce.violations (tenant_id, user_id) where status = 'active';
create index violations_tenant_id_user_id_banned_idx on commerce.violations (tenant_id, user_id)
  where status = 'active' and action in ('temp_ban', 'perm_ban');
create index violations_tenant_id_complaint_id_idx on commerce.violations (tenant_id, complaint_id);
create index violations_tenant_id_issued_by_idx on commerce.violations (tenant_id, issued_by);
create unique index violations_tenant_id_user_id_id_key on commerce.violations (tenant_id, user_id, id);
create unique index violations_tenant_id_id_key on commerce.violations (tenant_id, id);
alter table commerce.violations replica identity using index violations_tenant_id_user_id_id_key;

comment on table commerce.violations is 'Violations of the rules and their consequences.';
comment on column commerce.violations.id is 'Identifier, ordered by time of creation.';
comment on column commerce.violations.tenant_id is 'The merchant.';
comment on column commerce.violations.user_id is 'The person who broke the rules.';
comment on column commerce.violations.complaint_id is 'The complaint that led to it.';
comment on column commerce.violations.issued_by is 'The person who issued it; set by the database.';
comment on column commerce.violations.start_at is 'From when its action applies.';
comment on column commerce.violations.end_at is 'Until when its action applies; NULL: without end.';
comment on column commerce.violations.resolved_at is 'When it was lifted or ran out.';
comment on column commerce.violations.type is 'The kind of rule that was broken.';
comment on column commerce.violations.severity is 'How grave it is.';
comment on column commerce.violations.action is 'The consequence for the person.';
comment on column commerce.violations.status is 'Its state; only its functions change it.';
comment on column commerce.violations.reason is 'Why it was issued.';
comment on column commerce.violations.details is 'Flexible data, a JSON object of at most 64 KiB; staff only.';
comment on column commerce.violations.created_at is 'When the row was made.';
comment on column commerce.violations.updated_at is 'When the row last changed.';

insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('violations.status', 'active', 'resolved', 'violations.manage', false, false),
  ('violations.status', 'active', 'expired', null, false, true);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint complaints_escalated_has_reason on commerce.complaints is 'escalation_reason must be given for a complaint that is escalated above the first tier';
comment on constraint complaints_order_is_named on commerce.complaints is 'order_id must be given for a complaint about an order';
comment on constraint complaints_product_is_named on commerce.complaints is 'product_id must be given for a complaint about a product';
comment on constraint complaints_resolved_has_resolution on commerce.complaints is 'resolution must be given for a complaint that is resolved';
comment on constraint complaints_resolved_has_time on commerce.complaints is 'resolved_at must be given for a complaint that is resolved, and for no other';
comment on constraint violations_active_is_unresolved on commerce.violations is 'resolved_at must be given for a violation that is no longer active';
comment on constraint violations_ends_after_start on commerce.violations is 'end_at must be after start_at';
comment on constraint violations_temporary_ban_ends on commerce.violations is 'end_at must be given for a temporary ban';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

drop table commerce.violations;
drop table commerce.complaints;
delete from internal.state_transition where machine in ('complaints.status', 'violations.status');
