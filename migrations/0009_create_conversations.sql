-- Where customers write, as whom, and the threads that bind their messages into one dialogue.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.channel (
  id uuid constraint channel_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  is_active boolean not null default true,
  reply_window_minutes integer,
  human_window_minutes integer,
  channel_type text not null,
  name text not null,
  external_account_id text not null,
  provider text not null default 'meta',
  config jsonb not null default '{}',
  version integer not null default 1,
  is_deleted boolean not null default false,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint channel_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint channel_reply_window_minutes_positive check (reply_window_minutes > 0),
  constraint channel_human_window_minutes_positive check (human_window_minutes > 0),
  constraint channel_channel_type_set check (
    channel_type in (
      'whatsapp', 'instagram', 'facebook_messenger', 'telegram', 'tiktok', 'sms', 'email', 'web_chat',
      'storefront', 'phone', 'in_person', 'api'
    )
  ),
  constraint channel_name_length check (length(name) <= 200 and not internal.is_blank(name)),
  constraint channel_external_account_id_length check (
    length(external_account_id) <= 255 and not internal.is_blank(external_account_id)
  ),
  constraint channel_provider_length check (length(provider) <= 255 and not internal.is_blank(provider)),
  constraint channel_config_is_object check (jsonb_typeof(config) = 'object'),
  constraint channel_config_size check (octet_length(config::text) <= 65536),
  constraint channel_deleted_has_time check (is_deleted = (deleted_at is not null))
);

create index channel_deleted_at_idx on commerce.channel (tenant_id, deleted_at) where is_deleted;
alter table commerce.channel
  add constraint channel_tenant_id_id_channel_type_key unique (tenant_id, id, channel_type);
create unique index channel_tenant_id_id_key on commerce.channel (tenant_id, id);
create unique index channel_tenant_id_channel_type_external_account_id_key
  on commerce.channel (tenant_id, channel_type, external_account_id) where not is_deleted;
alter table commerce.channel replica identity using index channel_tenant_id_id_key;

comment on table commerce.channel is 'A connected account in which customers write: a WhatsApp number, an Instagram page, the web chat.';
comment on column commerce.channel.id is 'Identifier, ordered by time of creation.';
comment on column commerce.channel.tenant_id is 'The merchant whose account it is.';
comment on column commerce.channel.is_active is 'Whether messages are sent through it.';
comment on column commerce.channel.reply_window_minutes is 'For how many minutes after a customer''s message a free text may be sent: 1440 for WhatsApp; NULL: always.';
comment on column commerce.channel.human_window_minutes is 'For how many minutes a person, and no bot, may still answer freely: 10080 (seven days) for Instagram and Messenger; NULL: no longer than reply_window_minutes.';
comment on column commerce.channel.channel_type is 'Kind of channel.';
comment on column commerce.channel.name is 'Name shown to staff.';
comment on column commerce.channel.external_account_id is 'The provider''s id of the account (phone_number_id, page id); one live channel on the whole platform has it.';
comment on column commerce.channel.provider is 'The company that carries the messages.';
comment on column commerce.channel.config is 'Settings of the channel, a JSON object of at most 64 KiB; credentials never belong here.';
comment on column commerce.channel.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.channel.is_deleted is 'Whether it is disconnected; its account is then free for another channel.';
comment on column commerce.channel.deleted_at is 'When it was disconnected; NULL while it is live.';
comment on column commerce.channel.created_at is 'When it was connected.';
comment on column commerce.channel.updated_at is 'When it last changed.';

create table commerce.customer_identity (
  id uuid constraint customer_identity_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_id uuid not null,
  channel_id uuid not null,
  last_seen_at timestamptz,
  channel_type text not null,
  external_user_id text not null,
  identity_key text not null generated always as (internal.identity_key(channel_type, external_user_id)) stored,
  profile_name text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint customer_identity_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint customer_identity_customer_id_fkey foreign key (tenant_id, customer_id)
    references commerce.customer (tenant_id, id) on delete restrict,
  constraint customer_identity_channel_id_fkey foreign key (tenant_id, channel_id, channel_type)
    references commerce.channel (tenant_id, id, channel_type) on update cascade on delete restrict,
  constraint customer_identity_external_user_id_length check (
    length(external_user_id) <= 255 and not internal.is_blank(external_user_id)
  ),
  constraint customer_identity_profile_name_length
    check (length(profile_name) <= 200 and not internal.is_blank(profile_name))
);

create index customer_identity_tenant_id_customer_id_idx on commerce.customer_identity (tenant_id, customer_id);
alter table commerce.customer_identity
  add constraint customer_identity_tenant_id_channel_id_identity_key_key
    unique (tenant_id, channel_id, identity_key);
create unique index customer_identity_tenant_id_id_key on commerce.customer_identity (tenant_id, id);
alter table commerce.customer_identity replica identity using index customer_identity_tenant_id_id_key;

comment on table commerce.customer_identity is 'The id by which a channel knows a customer; one customer may have several.';
comment on column commerce.customer_identity.id is 'Identifier, ordered by time of creation.';
comment on column commerce.customer_identity.tenant_id is 'The merchant.';
comment on column commerce.customer_identity.customer_id is 'The customer.';
comment on column commerce.customer_identity.channel_id is 'The channel in which the customer has this id.';
comment on column commerce.customer_identity.last_seen_at is 'When the customer last wrote under this id.';
comment on column commerce.customer_identity.channel_type is 'The channel''s kind, which says what the id is: a telephone number, an e-mail address, a provider''s own.';
comment on column commerce.customer_identity.external_user_id is 'The provider''s id of the person (wa_id, Instagram-scoped id), in the form that the provider last used.';
comment on column commerce.customer_identity.identity_key is 'The id in the one form by which the person is recognised: telephone numbers of Brazil, Mexico and Argentina however they are written, e-mail in lower case.';
comment on column commerce.customer_identity.profile_name is 'The name that the person chose in the channel.';
comment on column commerce.customer_identity.created_at is 'When the customer first wrote under this id.';
comment on column commerce.customer_identity.updated_at is 'When it last changed.';

create table internal.visitor (
  tenant_id uuid not null,
  customer_id uuid not null,
  code_expires_at timestamptz,
  subject text not null,
  code_hash bytea,
  created_at timestamptz not null default now(),
  constraint visitor_pkey primary key (tenant_id, subject),
  constraint visitor_customer_id_fkey foreign key (tenant_id, customer_id)
    references commerce.customer (tenant_id, id) on delete restrict,
  constraint visitor_subject_length check (length(subject) between 1 and 255)
);

create index visitor_tenant_id_customer_id_idx on internal.visitor (tenant_id, customer_id);
create unique index visitor_tenant_id_code_hash_key on internal.visitor (tenant_id, code_hash);

comment on table internal.visitor is 'Visitors of the shop who have written in its chat without registering.';
comment on column internal.visitor.tenant_id is 'The merchant.';
comment on column internal.visitor.customer_id is 'The customer row under which the visitor writes.';
comment on column internal.visitor.code_expires_at is 'Until when the code may be redeemed.';
comment on column internal.visitor.subject is 'The subject of the visitor''s token.';
comment on column internal.visitor.code_hash is 'SHA-256 of the code with which a registered shopper takes over the conversations.';
comment on column internal.visitor.created_at is 'When the visitor first wrote.';

create table internal.upload (
  id uuid not null,
  tenant_id uuid not null,
  user_id uuid,
  customer_id uuid,
  used_at timestamptz,
  claim_ends_at timestamptz,
  size_bytes bigint not null constraint upload_size_bytes_positive check (size_bytes > 0),
  purpose text not null,
  storage_key text not null,
  mime_type text not null,
  file_name text not null,
  created_at timestamptz not null default now(),
  constraint upload_pkey primary key (tenant_id, id),
  constraint upload_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict
);

create index upload_tenant_id_created_at_unused_idx on internal.upload (tenant_id, created_at) where used_at is null;
alter table internal.upload
  add constraint upload_tenant_id_storage_key_key unique (tenant_id, storage_key);
comment on table internal.upload is 'Files that somebody was allowed to store. Their bytes are in the object storage, and count against the plan.';
comment on column internal.upload.id is 'Identifier, ordered by time of creation.';
comment on column internal.upload.tenant_id is 'The merchant.';
comment on column internal.upload.user_id is 'The user who was allowed to store it; NULL for visitors and machines.';
comment on column internal.upload.customer_id is 'The shopper or visitor who was allowed to store it.';
comment on column internal.upload.used_at is 'When a message, a document or a file of the merchant''s last began to use it; NULL: nothing uses it any more, or nothing has used it yet.';
comment on column internal.upload.claim_ends_at is 'Until when a worker has claimed it for deletion; afterwards another worker may claim it. A file that was ever claimed can no longer be used.';
comment on column internal.upload.size_bytes is 'How many bytes it has.';
comment on column internal.upload.purpose is 'What it is for: chat, product, storefront, kyc or payment_proof.';
comment on column internal.upload.storage_key is 'Its key in the object storage.';
comment on column internal.upload.mime_type is 'Its media type.';
comment on column internal.upload.file_name is 'The person''s own name for the file.';
comment on column internal.upload.created_at is 'When the upload was granted.';

create table commerce.message_template (
  id uuid constraint message_template_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  channel_id uuid not null,
  variable_count smallint,
  status_changed_at timestamptz,
  category_changed_at timestamptz,
  body_changed_at timestamptz,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  rejection_reason text,
  external_template_id text,
  body text not null default '',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint message_template_tenant_id_fkey foreign key (tenant_id) references commerce.tenant (id) on delete restrict,
  constraint message_template_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete restrict,
  constraint message_template_name_length check (length(name) <= 255 and not internal.is_blank(name)),
  constraint message_template_language_length check (length(language) between 2 and 35),
  constraint message_template_category_set check (category in ('marketing', 'utility', 'authentication', 'service')),
  constraint message_template_status_set check (status in ('pending', 'approved', 'rejected', 'paused', 'disabled')),
  constraint message_template_variable_count_range check (variable_count between 0 and 100),
  constraint message_template_rejection_reason_size check (octet_length(rejection_reason) <= 65536),
  constraint message_template_external_template_id_length check (length(external_template_id) <= 255),
  constraint message_template_body_size check (octet_length(body) <= 65536)
);

alter table commerce.message_template
  add constraint message_template_tenant_id_channel_id_name_language_key unique (tenant_id, channel_id, name, language);
create unique index message_template_tenant_id_id_key on commerce.message_template (tenant_id, id);
alter table commerce.message_template replica identity using index message_template_tenant_id_id_key;

comment on table commerce.message_template is 'A text that a provider has approved, or has still to approve, for messages outside the reply window; a row for each language. Kept up to date by the provider''s webhooks.';
comment on column commerce.message_template.id is 'Identifier, ordered by time of creation.';
comment on column commerce.message_template.tenant_id is 'The merchant.';
comment on column commerce.message_template.channel_id is 'The channel whose provider knows it.';
comment on column commerce.message_template.variable_count is 'How many values a message has to fill in, 0 to 100; NULL: not known.';
comment on column commerce.message_template.status_changed_at is 'When the provider last decided about it, by the provider''s clock; NULL: it has reported no decision yet.';
comment on column commerce.message_template.category_changed_at is 'When the provider last reported its category, by the provider''s clock.';
comment on column commerce.message_template.body_changed_at is 'When the provider last reported its text, by the provider''s clock.';
comment on column commerce.message_template.name is 'The name by which messages refer to it, the same in every language.';
comment on column commerce.message_template.language is 'BCP 47 tag of its language.';
comment on column commerce.message_template.category is 'The purpose for which the provider allows it, and by which the provider charges.';
comment on column commerce.message_template.status is 'What the provider decided; only an approved one is sent.';
comment on column commerce.message_template.rejection_reason is 'Why the provider rejected, paused or disabled it.';
comment on column commerce.message_template.external_template_id is 'The provider''s id of it.';
comment on column commerce.message_template.body is 'Its text, with the provider''s marks for the variables; at most 64 KiB.';
comment on column commerce.message_template.created_at is 'When it was first reported.';
comment on column commerce.message_template.updated_at is 'When it last changed.';

create table commerce.conversation_thread (
  id uuid constraint conversation_thread_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  channel_id uuid not null,
  customer_id uuid not null,
  assigned_member_id uuid,
  unread_count integer not null default 0,
  customer_unread_count integer not null default 0,
  last_message_at timestamptz,
  last_inbound_at timestamptz,
  reply_window_ends_at timestamptz,
  first_response_at timestamptz,
  snoozed_until timestamptz,
  closed_at timestamptz,
  status text not null default 'open',
  priority text not null default 'normal',
  subject text,
  language text,
  tags text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint conversation_thread_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint conversation_thread_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete restrict,
  constraint conversation_thread_customer_id_fkey foreign key (tenant_id, customer_id)
    references commerce.customer (tenant_id, id) on delete restrict,
  constraint conversation_thread_assigned_member_id_fkey foreign key (tenant_id, assigned_member_id)
    references commerce.team_members (tenant_id, id) on delete restrict,
  constraint conversation_thread_unread_count_not_negative check (unread_count >= 0),
  constraint conversation_thread_customer_unread_count_not_negative check (customer_unread_count >= 0),
  constraint conversation_thread_status_set check (status in ('open', 'pending', 'snoozed', 'resolved', 'closed')),
  constraint conversation_thread_snoozed_has_end check ((status = 'snoozed') = (snoozed_until is not null)),
  constraint conversation_thread_closed_has_time check ((status = 'closed') = (closed_at is not null)),
  constraint conversation_thread_priority_set check (priority in ('low', 'normal', 'high', 'urgent')),
  constraint conversation_thread_subject_length check (length(subject) <= 200 and not internal.is_blank(subject)),
  constraint conversation_thread_language_length check (length(language) <= 255),
  constraint conversation_thread_tags_count check (cardinality(tags) <= 100 and array_position(tags, null) is null),
  constraint conversation_thread_tags_size check (octet_length(tags::text) <= 65536)
);

create index conversation_thread_tenant_id_status_last_message_at_idx
  on commerce.conversation_thread (tenant_id, status, last_message_at desc);
create index conversation_thread_tenant_id_assigned_member_id_status_idx
  on commerce.conversation_thread (tenant_id, assigned_member_id, status, last_message_at desc);
create index conversation_thread_snoozed_until_idx
  on commerce.conversation_thread (snoozed_until) where status = 'snoozed' and snoozed_until is not null;
create index conversation_thread_tenant_id_customer_id_created_at_idx
  on commerce.conversation_thread (tenant_id, customer_id, created_at desc);
-- With the customer, or the threads of a channel would be read for those of one customer before anything is counted.
create index conversation_thread_tenant_id_channel_id_customer_id_idx
  on commerce.conversation_thread (tenant_id, channel_id, customer_id);
alter table commerce.conversation_thread
  -- The columns that a message repeats from its thread; its foreign key refers to them, so that they cannot differ.
  add constraint conversation_thread_tenant_id_id_channel_id_customer_id_key
    unique (tenant_id, id, channel_id, customer_id);
create unique index conversation_thread_tenant_id_id_key on commerce.conversation_thread (tenant_id, id);
create unique index conversation_thread_tenant_id_channel_id_customer_id_key
  on commerce.conversation_thread (tenant_id, channel_id, customer_id) where status <> 'closed';
alter table commerce.conversation_thread replica identity using index conversation_thread_tenant_id_id_key;

comment on table commerce.conversation_thread is 'A dialogue with one customer in one channel; of these, at most one at a time is not closed.';
comment on column commerce.conversation_thread.id is 'Identifier, ordered by time of creation.';
comment on column commerce.conversation_thread.tenant_id is 'The merchant.';
comment on column commerce.conversation_thread.channel_id is 'The channel in which it takes place.';
comment on column commerce.conversation_thread.customer_id is 'The customer.';
comment on column commerce.conversation_thread.assigned_member_id is 'The team member who answers; NULL: nobody yet.';
comment on column commerce.conversation_thread.unread_count is 'Messages of the customer that staff have not read.';
comment on column commerce.conversation_thread.customer_unread_count is 'Messages of the shop that the customer has not read; counted in the web chat, where no provider reports it.';
comment on column commerce.conversation_thread.last_message_at is 'When the latest message, of either side, was sent.';
comment on column commerce.conversation_thread.last_inbound_at is 'When the customer last wrote.';
comment on column commerce.conversation_thread.reply_window_ends_at is 'Until when a free text may be sent: last_inbound_at and the channel''s reply_window_minutes of that time; NULL: no limit.';
comment on column commerce.conversation_thread.first_response_at is 'When the first answer of the merchant or a bot to the customer went out.';
comment on column commerce.conversation_thread.snoozed_until is 'When a snoozed thread comes back; set exactly while it is snoozed.';
comment on column commerce.conversation_thread.closed_at is 'When it was closed; set exactly when it is closed.';
comment on column commerce.conversation_thread.status is 'open: it waits for staff; pending: it waits for the customer. A message of the customer reopens a thread in every state but closed.';
comment on column commerce.conversation_thread.priority is 'How urgent it is, set by staff.';
comment on column commerce.conversation_thread.subject is 'What it is about, set by staff.';
comment on column commerce.conversation_thread.language is 'BCP 47 tag of the language spoken.';
comment on column commerce.conversation_thread.tags is 'Labels of the team, at most 100.';
comment on column commerce.conversation_thread.version is 'Version for optimistic locking: an update names the version that it read.';
comment on column commerce.conversation_thread.created_at is 'When it was opened.';
comment on column commerce.conversation_thread.updated_at is 'When it last changed.';

-- Counters follow the messages. If they incremented the version, every message would make every
-- assignment stale. Reopening is an edit like any other change of status.
insert into internal.derived_column (table_name, column_name)
values
  ('conversation_thread', 'unread_count'),
  ('conversation_thread', 'customer_unread_count'),
  ('conversation_thread', 'last_message_at'),
  ('conversation_thread', 'last_inbound_at'),
  ('conversation_thread', 'reply_window_ends_at'),
  ('conversation_thread', 'first_response_at');

insert into internal.soft_delete_rule (parent, child, child_column, action, live_when)
values ('customer', 'conversation_thread', 'customer_id', 'refuse', $$status <> 'closed'$$);

insert into internal.purge_child (parent, child, child_column, is_personal)
values
  ('customer', 'commerce.customer_identity', 'customer_id', true),
  ('customer', 'internal.visitor', 'customer_id', true);
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('conversation_thread.status', 'open', 'pending', 'conversations.reply', false, true),
  ('conversation_thread.status', 'open', 'snoozed', 'conversations.reply', false, true),
  ('conversation_thread.status', 'open', 'resolved', 'conversations.reply', false, true),
  ('conversation_thread.status', 'open', 'closed', 'conversations.reply', false, true),
  ('conversation_thread.status', 'pending', 'open', 'conversations.reply', false, true),
  ('conversation_thread.status', 'pending', 'resolved', 'conversations.reply', false, true),
  ('conversation_thread.status', 'pending', 'closed', 'conversations.reply', false, true),
  ('conversation_thread.status', 'snoozed', 'open', 'conversations.reply', false, true),
  ('conversation_thread.status', 'resolved', 'open', 'conversations.reply', false, true),
  ('conversation_thread.status', 'resolved', 'closed', 'conversations.reply', false, true);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint conversation_thread_closed_has_time on commerce.conversation_thread is 'closed_at must be given for a thread that is closed, and for no other';
comment on constraint conversation_thread_snoozed_has_end on commerce.conversation_thread is 'snoozed_until must be given for a thread that is snoozed, and for no other';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.state_transition where machine = 'conversation_thread.status';
delete from internal.purge_child where child in ('commerce.customer_identity', 'internal.visitor');
delete from internal.soft_delete_rule where child = 'conversation_thread';
delete from internal.derived_column where table_name = 'conversation_thread';
drop table commerce.conversation_thread;
drop table commerce.message_template;
drop table internal.upload;
drop table internal.visitor;
drop table commerce.customer_identity;
drop table commerce.channel;
