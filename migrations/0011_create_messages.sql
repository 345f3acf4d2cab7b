-- Messages, and what happens around them.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

create table commerce.conversation_history (
  id uuid constraint conversation_history_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  thread_id uuid not null,
  channel_id uuid not null,
  customer_id uuid not null,
  identity_id uuid,
  sender_user_id uuid,
  reply_to_id uuid,
  order_id uuid,
  arrival integer not null,
  is_silent boolean not null default false,
  occurred_at timestamptz not null default now(),
  sent_at timestamptz,
  delivered_at timestamptz,
  read_at timestamptz,
  failed_at timestamptz,
  edited_at timestamptz,
  withdrawn_at timestamptz,
  message text not null default '',
  direction text not null,
  message_type text not null default 'text',
  sender_type text not null,
  delivery_status text not null,
  external_message_id text,
  reply_to_external_id text,
  author_external_id text,
  author_name text,
  idempotency_key text,
  error_code text,
  error_message text,
  template_name text,
  language text,
  metadata jsonb not null default '{}',
  search_vector tsvector not null generated always as (to_tsvector('simple'::regconfig, message)) stored,
  created_at timestamptz not null default now(),
  constraint conversation_history_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint conversation_history_thread_id_fkey foreign key (tenant_id, thread_id, channel_id, customer_id)
    references commerce.conversation_thread (tenant_id, id, channel_id, customer_id)
    on update cascade on delete restrict,
  constraint conversation_history_identity_id_fkey foreign key (tenant_id, identity_id)
    references commerce.customer_identity (tenant_id, id) on delete set null (identity_id),
  constraint conversation_history_sender_user_id_fkey foreign key (tenant_id, sender_user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint conversation_history_order_id_fkey foreign key (tenant_id, order_id)
    references commerce.orders (tenant_id, id) on delete restrict,
  constraint conversation_history_message_size check (octet_length(message) <= 65536),
  constraint conversation_history_direction_set check (direction in ('inbound', 'outbound')),
  constraint conversation_history_message_type_set check (
    message_type in (
      'text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contact', 'interactive',
      'template', 'order', 'system', 'unsupported'
    )
  ),
  constraint conversation_history_sender_type_set check (sender_type in ('customer', 'merchant', 'bot', 'system')),
  constraint conversation_history_inbound_is_customers check (direction = 'outbound' or sender_type = 'customer'),
  constraint conversation_history_delivery_status_set check (
    delivery_status in ('received', 'queued', 'sent', 'delivered', 'read', 'failed', 'cancelled')
  ),
  constraint conversation_history_inbound_is_received check ((direction = 'inbound') = (delivery_status = 'received')),
  constraint conversation_history_failed_has_time check (delivery_status <> 'failed' or failed_at is not null),
  constraint conversation_history_withdrawn_is_empty check (withdrawn_at is null or (message = '' and metadata = '{}')),
  constraint conversation_history_external_message_id_length check (length(external_message_id) <= 255),
  constraint conversation_history_reply_to_external_id_length check (length(reply_to_external_id) <= 255),
  constraint conversation_history_author_external_id_length check (length(author_external_id) <= 255),
  constraint conversation_history_author_name_length
    check (length(author_name) <= 200 and not internal.is_blank(author_name)),
  constraint conversation_history_idempotency_key_length check (length(idempotency_key) <= 255),
  constraint conversation_history_error_code_length check (length(error_code) <= 255),
  constraint conversation_history_error_message_size check (octet_length(error_message) <= 65536),
  constraint conversation_history_template_name_length
    check (length(template_name) <= 255 and not internal.is_blank(template_name)),
  constraint conversation_history_language_length check (length(language) <= 255),
  constraint conversation_history_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint conversation_history_metadata_size check (octet_length(metadata::text) <= 65536)
);

create index conversation_history_tenant_id_thread_id_occurred_at_id_idx
  on commerce.conversation_history (tenant_id, thread_id, occurred_at desc, id desc);
create index conversation_history_tenant_id_customer_id_occurred_at_idx
  on commerce.conversation_history (tenant_id, customer_id, occurred_at desc);
create index conversation_history_tenant_id_created_at_id_idx
  on commerce.conversation_history (tenant_id, created_at, id) where delivery_status in ('queued', 'sent');
-- Where no receipts come, messages keep the status sent for ever; a sender must not have to read them all.
create index conversation_history_tenant_id_created_at_id_queued_idx
  on commerce.conversation_history (tenant_id, created_at, id) where delivery_status = 'queued';
create index conversation_history_tenant_id_thread_id_arrival_queued_idx
  on commerce.conversation_history (tenant_id, thread_id, arrival) where delivery_status = 'queued';
-- Answers that came before the message that they answer; that message finds them here when it comes.
create index conversation_history_channel_id_reply_to_external_id_idx
  on commerce.conversation_history (tenant_id, channel_id, reply_to_external_id)
  where reply_to_id is null and reply_to_external_id is not null;
-- What was sent to a person and not read yet: a read mark of Messenger is about all of it.
create index conversation_history_tenant_id_identity_id_delivery_status_idx
  on commerce.conversation_history (tenant_id, identity_id, delivery_status);
create index conversation_history_tenant_id_search_vector_idx
  on commerce.conversation_history using gin (tenant_id, search_vector);
create index conversation_history_tenant_id_sender_user_id_idx
  on commerce.conversation_history (tenant_id, sender_user_id);
create index conversation_history_tenant_id_reply_to_id_idx
  on commerce.conversation_history (tenant_id, reply_to_id);
create index conversation_history_tenant_id_order_id_idx on commerce.conversation_history (tenant_id, order_id);
alter table commerce.conversation_history
  -- The foreign key of an event refers to these, so that the event belongs to the thread of its message.
  add constraint conversation_history_tenant_id_thread_id_id_key unique (tenant_id, thread_id, id),
  add constraint conversation_history_tenant_id_thread_id_arrival_key unique (tenant_id, thread_id, arrival);
create unique index conversation_history_tenant_id_id_key on commerce.conversation_history (tenant_id, id);
create unique index conversation_history_channel_id_external_message_id_key
  on commerce.conversation_history (tenant_id, channel_id, external_message_id)
  where external_message_id is not null;
create unique index conversation_history_tenant_id_idempotency_key_key
  on commerce.conversation_history (tenant_id, idempotency_key) where idempotency_key is not null;
alter table commerce.conversation_history replica identity using index conversation_history_tenant_id_id_key;
alter table commerce.conversation_history
  add constraint conversation_history_reply_to_id_fkey foreign key (tenant_id, reply_to_id)
    references commerce.conversation_history (tenant_id, id) on delete no action;

comment on table commerce.conversation_history is 'Messages, one in each row. Only the sender of a message changes its text (edited_at, withdrawn_at), and the text before an edit is kept; the state of its delivery only moves forward.';
comment on column commerce.conversation_history.id is 'Identifier, ordered by time of creation.';
comment on column commerce.conversation_history.tenant_id is 'The merchant.';
comment on column commerce.conversation_history.thread_id is 'The thread that it belongs to.';
comment on column commerce.conversation_history.channel_id is 'The thread''s channel.';
comment on column commerce.conversation_history.customer_id is 'The thread''s customer.';
comment on column commerce.conversation_history.identity_id is 'The customer''s id from which it came or to which it goes, which is fixed when it is queued; NULL in the web chat, and when the id was removed.';
comment on column commerce.conversation_history.sender_user_id is 'The member, or service, who wrote an outbound message; NULL for machines without one, and inbound messages.';
comment on column commerce.conversation_history.reply_to_id is 'The message that it answers.';
comment on column commerce.conversation_history.order_id is 'The order that it is about.';
comment on column commerce.conversation_history.arrival is 'The message''s number in its thread, from 1, in the order in which messages were stored; it decides which messages have been read, and which is sent first.';
comment on column commerce.conversation_history.is_silent is 'Whether it opened no thread and no reply window, and does not count as unread: notices, imported history, messages of a blocked customer.';
comment on column commerce.conversation_history.occurred_at is 'When it was written, by the provider''s clock; messages are shown in this order.';
comment on column commerce.conversation_history.sent_at is 'When the provider accepted it.';
comment on column commerce.conversation_history.delivered_at is 'When it reached the customer''s device.';
comment on column commerce.conversation_history.read_at is 'When the customer read it.';
comment on column commerce.conversation_history.failed_at is 'When sending it failed.';
comment on column commerce.conversation_history.edited_at is 'When its sender last changed it; the former text is in message_revision.';
comment on column commerce.conversation_history.withdrawn_at is 'When its sender deleted it, or staff erased it; it is empty then.';
comment on column commerce.conversation_history.message is 'The text, at most 64 KiB; of media the caption; empty where there is none.';
comment on column commerce.conversation_history.direction is 'inbound: from the customer; outbound: to the customer.';
comment on column commerce.conversation_history.message_type is 'What kind of message it is.';
comment on column commerce.conversation_history.sender_type is 'The kind of sender.';
comment on column commerce.conversation_history.delivery_status is 'State of its delivery; received for every inbound message.';
comment on column commerce.conversation_history.external_message_id is 'The provider''s id of the message, unique in its channel; an outbound one gets it when it is sent.';
comment on column commerce.conversation_history.reply_to_external_id is 'The provider''s id of the message that it answers, even if that message never came.';
comment on column commerce.conversation_history.author_external_id is 'The provider''s id of the person who wrote it in a group; NULL: the customer.';
comment on column commerce.conversation_history.author_name is 'The name of the person who wrote it in a group.';
comment on column commerce.conversation_history.idempotency_key is 'The sender''s key of an outbound message, so that a repeat sends nothing.';
comment on column commerce.conversation_history.error_code is 'The provider''s code of the failure.';
comment on column commerce.conversation_history.error_message is 'The provider''s message about the failure.';
comment on column commerce.conversation_history.template_name is 'The approved template that was sent.';
comment on column commerce.conversation_history.language is 'BCP 47 tag of its language.';
comment on column commerce.conversation_history.metadata is 'What the provider sent along (buttons, contacts, a catalogue order), a JSON object of at most 64 KiB; seen by staff only.';
comment on column commerce.conversation_history.search_vector is 'Words of the message.';
comment on column commerce.conversation_history.created_at is 'When it was stored.';

create table commerce.conversation_event (
  id uuid constraint conversation_event_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  conversation_id uuid not null,
  thread_id uuid not null,
  actor_user_id uuid default internal.user_id(),
  product_id uuid,
  order_id uuid,
  occurred_at timestamptz not null default now(),
  event_type text not null,
  external_event_id text,
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now(),
  constraint conversation_event_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint conversation_event_conversation_id_fkey foreign key (tenant_id, thread_id, conversation_id)
    references commerce.conversation_history (tenant_id, thread_id, id) on delete restrict,
  constraint conversation_event_actor_user_id_fkey foreign key (tenant_id, actor_user_id)
    references commerce.users (tenant_id, id) on delete restrict,
  constraint conversation_event_product_id_fkey foreign key (tenant_id, product_id)
    references commerce.products (tenant_id, id) on delete restrict,
  constraint conversation_event_order_id_fkey foreign key (tenant_id, order_id)
    references commerce.orders (tenant_id, id) on delete restrict,
  constraint conversation_event_event_type_set check (
    event_type in (
      'conversation_started', 'conversation_closed', 'conversation_reopened', 'message_sent',
      'message_received', 'message_delivered', 'message_read', 'message_failed', 'product_clicked',
      'order_placed', 'user_joined', 'user_left', 'assigned', 'unassigned', 'status_changed', 'note_added',
      'tag_changed', 'consent_changed', 'onboarding_step', 'onboarding_error', 'message_edited',
      'message_deleted', 'message_queued', 'message_cancelled', 'message_reacted', 'message_completed'
    )
  ),
  constraint conversation_event_external_event_id_length check (length(external_event_id) <= 255),
  constraint conversation_event_metadata_is_object check (jsonb_typeof(metadata) = 'object'),
  constraint conversation_event_metadata_size check (octet_length(metadata::text) <= 65536)
);

create index conversation_event_tenant_id_event_type_occurred_at_idx
  on commerce.conversation_event (tenant_id, event_type, occurred_at);
create index conversation_event_tenant_id_thread_id_conversation_id_idx
  on commerce.conversation_event (tenant_id, thread_id, conversation_id);
create index conversation_event_tenant_id_actor_user_id_idx on commerce.conversation_event (tenant_id, actor_user_id);
create index conversation_event_tenant_id_product_id_idx on commerce.conversation_event (tenant_id, product_id);
create index conversation_event_tenant_id_order_id_idx on commerce.conversation_event (tenant_id, order_id);
-- What has become of messages, in the order in which subscribers are told of it.
create index conversation_event_tenant_id_id_changed_idx
  on commerce.conversation_event (tenant_id, id)
  where event_type like 'message%' and event_type <> 'message_received';
create unique index conversation_event_tenant_id_thread_id_id_key on commerce.conversation_event (tenant_id, thread_id, id);
create unique index conversation_event_tenant_id_external_event_id_key
  on commerce.conversation_event (tenant_id, external_event_id) where external_event_id is not null;
create unique index conversation_event_tenant_id_id_key on commerce.conversation_event (tenant_id, id);
alter table commerce.conversation_event replica identity using index conversation_event_tenant_id_thread_id_id_key;

comment on table commerce.conversation_event is 'Everything that happens in a conversation: receipts, assignments, notes, orders; rows are only added.';
comment on column commerce.conversation_event.id is 'Identifier, ordered by time of creation.';
comment on column commerce.conversation_event.tenant_id is 'The merchant.';
comment on column commerce.conversation_event.conversation_id is 'The message that it is about; an event of the whole thread names the latest message.';
comment on column commerce.conversation_event.thread_id is 'The thread of that message.';
comment on column commerce.conversation_event.actor_user_id is 'The person who did it; NULL for workers and visitors.';
comment on column commerce.conversation_event.product_id is 'The product that it is about.';
comment on column commerce.conversation_event.order_id is 'The order that it is about.';
comment on column commerce.conversation_event.occurred_at is 'When it happened, by the provider''s clock where it has one.';
comment on column commerce.conversation_event.event_type is 'What happened.';
comment on column commerce.conversation_event.external_event_id is 'The provider''s id of the event, so that a repeated webhook adds nothing.';
comment on column commerce.conversation_event.metadata is 'Details that depend on the kind of event, a JSON object of at most 64 KiB.';
comment on column commerce.conversation_event.created_at is 'When it was stored.';

create table commerce.message_attachment (
  id uuid constraint message_attachment_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  message_id uuid not null,
  thread_id uuid not null,
  channel_id uuid not null,
  customer_id uuid not null,
  position smallint not null,
  fetch_attempts smallint not null default 0,
  fetch_at timestamptz,
  size_bytes bigint,
  sha256 bytea,
  latitude numeric(9, 6),
  longitude numeric(9, 6),
  file_type text not null,
  url text,
  storage_key text,
  external_media_id text,
  mime_type text,
  file_name text,
  caption text,
  created_at timestamptz not null default now(),
  constraint message_attachment_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint message_attachment_message_id_fkey foreign key (tenant_id, thread_id, message_id)
    references commerce.conversation_history (tenant_id, thread_id, id) on delete cascade,
  constraint message_attachment_thread_id_fkey foreign key (tenant_id, thread_id, channel_id, customer_id)
    references commerce.conversation_thread (tenant_id, id, channel_id, customer_id)
    on update cascade on delete restrict,
  constraint message_attachment_position_range check (position between 1 and 30),
  constraint message_attachment_fetch_attempts_range check (fetch_attempts between 0 and 8),
  constraint message_attachment_size_bytes_not_negative check (size_bytes >= 0),
  constraint message_attachment_sha256_length check (octet_length(sha256) = 32),
  constraint message_attachment_latitude_range check (latitude between -90 and 90),
  constraint message_attachment_longitude_range check (longitude between -180 and 180),
  constraint message_attachment_file_type_set check (
    file_type in ('image', 'video', 'audio', 'document', 'sticker', 'location')
  ),
  constraint message_attachment_url_length check (length(url) <= 2048),
  constraint message_attachment_storage_key_length check (length(storage_key) <= 1024),
  constraint message_attachment_external_media_id_length check (length(external_media_id) <= 255),
  constraint message_attachment_mime_type_length check (length(mime_type) <= 255),
  constraint message_attachment_file_name_length check (length(file_name) <= 255 and not internal.is_blank(file_name)),
  constraint message_attachment_caption_size check (octet_length(caption) <= 65536),
  constraint message_attachment_is_somewhere check (
    num_nonnulls(url, storage_key, external_media_id) > 0 or (latitude is not null and longitude is not null)
  )
);

create index message_attachment_tenant_id_thread_id_message_id_idx
  on commerce.message_attachment (tenant_id, thread_id, message_id);
create index message_attachment_tenant_id_storage_key_idx
  on commerce.message_attachment (tenant_id, storage_key) where storage_key is not null;
create index message_attachment_tenant_id_fetch_at_idx
  on commerce.message_attachment (tenant_id, fetch_at) where fetch_at is not null;
alter table commerce.message_attachment
  add constraint message_attachment_tenant_id_message_id_position_key unique (tenant_id, message_id, position);
create unique index message_attachment_tenant_id_id_key on commerce.message_attachment (tenant_id, id);
alter table commerce.message_attachment replica identity using index message_attachment_tenant_id_id_key;

comment on table commerce.message_attachment is 'A file or a place that a message carries. The bytes are in the object storage or at the provider, never in this database.';
comment on column commerce.message_attachment.id is 'Identifier, ordered by time of creation.';
comment on column commerce.message_attachment.tenant_id is 'The merchant.';
comment on column commerce.message_attachment.message_id is 'The message that carries it.';
comment on column commerce.message_attachment.thread_id is 'The message''s thread.';
comment on column commerce.message_attachment.channel_id is 'The message''s channel.';
comment on column commerce.message_attachment.customer_id is 'The message''s customer, which row-level security tests.';
comment on column commerce.message_attachment.position is 'Its place in the message, from 1 to 30.';
comment on column commerce.message_attachment.fetch_attempts is 'How often a worker has been asked to fetch it from the provider, 0 to 8.';
comment on column commerce.message_attachment.fetch_at is 'When a worker is next asked to fetch it; NULL: it is stored, it was never at the provider, or the attempts have ended.';
comment on column commerce.message_attachment.size_bytes is 'How many bytes it has.';
comment on column commerce.message_attachment.sha256 is 'SHA-256 digest of its bytes.';
comment on column commerce.message_attachment.latitude is 'Degrees north, of a place.';
comment on column commerce.message_attachment.longitude is 'Degrees east, of a place.';
comment on column commerce.message_attachment.file_type is 'What kind of file it is, or a place.';
comment on column commerce.message_attachment.url is 'Where it can be read.';
comment on column commerce.message_attachment.storage_key is 'Its key in the merchant''s object storage.';
comment on column commerce.message_attachment.external_media_id is 'The provider''s id of it, by which it is fetched from there.';
comment on column commerce.message_attachment.mime_type is 'Its media type, such as image/jpeg.';
comment on column commerce.message_attachment.file_name is 'The name of the file, or of the place.';
comment on column commerce.message_attachment.caption is 'The text below it, at most 64 KiB; a search of messages finds its words as well.';
comment on column commerce.message_attachment.created_at is 'When it was stored.';

create table commerce.message_reaction (
  id uuid constraint message_reaction_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  message_id uuid not null,
  thread_id uuid not null,
  channel_id uuid not null,
  customer_id uuid not null,
  occurred_at timestamptz not null,
  sender_type text not null,
  author_external_id text not null,
  emoji text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint message_reaction_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint message_reaction_message_id_fkey foreign key (tenant_id, thread_id, message_id)
    references commerce.conversation_history (tenant_id, thread_id, id) on delete cascade,
  constraint message_reaction_thread_id_fkey foreign key (tenant_id, thread_id, channel_id, customer_id)
    references commerce.conversation_thread (tenant_id, id, channel_id, customer_id)
    on update cascade on delete restrict,
  constraint message_reaction_sender_type_set check (sender_type in ('customer', 'merchant')),
  constraint message_reaction_author_external_id_length check (length(author_external_id) <= 255),
  constraint message_reaction_emoji_length check (length(emoji) <= 64)
);

create index message_reaction_tenant_id_thread_id_message_id_idx
  on commerce.message_reaction (tenant_id, thread_id, message_id);
alter table commerce.message_reaction
  add constraint message_reaction_tenant_id_message_id_author_external_id_key
    unique (tenant_id, message_id, author_external_id);
create unique index message_reaction_tenant_id_id_key on commerce.message_reaction (tenant_id, id);
alter table commerce.message_reaction replica identity using index message_reaction_tenant_id_id_key;

comment on table commerce.message_reaction is 'Reactions to messages; each person has at most one at a time to a message.';
comment on column commerce.message_reaction.id is 'Identifier, ordered by time of creation.';
comment on column commerce.message_reaction.tenant_id is 'The merchant.';
comment on column commerce.message_reaction.message_id is 'The message.';
comment on column commerce.message_reaction.thread_id is 'The message''s thread.';
comment on column commerce.message_reaction.channel_id is 'The message''s channel.';
comment on column commerce.message_reaction.customer_id is 'The message''s customer, which row-level security tests.';
comment on column commerce.message_reaction.occurred_at is 'When it was last given, changed or removed, by the provider''s clock.';
comment on column commerce.message_reaction.sender_type is 'The side that it comes from: the customer''s or the merchant''s.';
comment on column commerce.message_reaction.author_external_id is 'The provider''s id of the person who gave it.';
comment on column commerce.message_reaction.emoji is 'The emoji; empty once it was removed.';
comment on column commerce.message_reaction.created_at is 'When it was stored.';
comment on column commerce.message_reaction.updated_at is 'When it last changed.';

create table commerce.message_revision (
  id uuid constraint message_revision_pkey primary key default internal.uuid_v7(),
  tenant_id uuid not null default internal.tenant_id(),
  tenant_hash integer generated always as (uuid_hash(tenant_id) >> 1) stored,
  customer_hash integer generated always as (uuid_hash(customer_id) >> 1) stored,
  message_id uuid not null,
  thread_id uuid not null,
  channel_id uuid not null,
  customer_id uuid not null,
  occurred_at timestamptz not null,
  message text not null,
  created_at timestamptz not null default now(),
  constraint message_revision_tenant_id_fkey foreign key (tenant_id)
    references commerce.tenant (id) on delete restrict,
  constraint message_revision_message_id_fkey foreign key (tenant_id, thread_id, message_id)
    references commerce.conversation_history (tenant_id, thread_id, id) on delete cascade,
  constraint message_revision_thread_id_fkey foreign key (tenant_id, thread_id, channel_id, customer_id)
    references commerce.conversation_thread (tenant_id, id, channel_id, customer_id)
    on update cascade on delete restrict,
  constraint message_revision_message_size check (octet_length(message) <= 65536)
);

create index message_revision_tenant_id_thread_id_message_id_idx
  on commerce.message_revision (tenant_id, thread_id, message_id);
alter table commerce.message_revision
  add constraint message_revision_tenant_id_message_id_occurred_at_key unique (tenant_id, message_id, occurred_at);
create unique index message_revision_tenant_id_id_key on commerce.message_revision (tenant_id, id);
alter table commerce.message_revision replica identity using index message_revision_tenant_id_id_key;

comment on table commerce.message_revision is 'Every text of a message that its sender edited, including the first and the present one.';
comment on column commerce.message_revision.id is 'Identifier, ordered by time of creation.';
comment on column commerce.message_revision.tenant_id is 'The merchant.';
comment on column commerce.message_revision.message_id is 'The message.';
comment on column commerce.message_revision.thread_id is 'The message''s thread.';
comment on column commerce.message_revision.channel_id is 'The message''s channel.';
comment on column commerce.message_revision.customer_id is 'The message''s customer, which row-level security tests.';
comment on column commerce.message_revision.occurred_at is 'When the sender wrote it so, by the provider''s clock.';
comment on column commerce.message_revision.message is 'The text, at most 64 KiB; empty once the sender deleted the message.';
comment on column commerce.message_revision.created_at is 'When it was stored.';

create table internal.message_claim (
  tenant_id uuid not null,
  message_id uuid not null,
  attempts integer not null default 1,
  claimed_at timestamptz not null default now(),
  expires_at timestamptz not null,
  worker text not null,
  constraint message_claim_pkey primary key (tenant_id, message_id),
  constraint message_claim_message_id_fkey foreign key (tenant_id, message_id)
    references commerce.conversation_history (tenant_id, id) on delete cascade
);
comment on table internal.message_claim is 'The queued messages that are being sent, and the sender of each; a row is deleted once the outcome is known.';
comment on column internal.message_claim.tenant_id is 'The merchant.';
comment on column internal.message_claim.message_id is 'The message.';
comment on column internal.message_claim.attempts is 'How often it has been claimed.';
comment on column internal.message_claim.claimed_at is 'When it was claimed.';
comment on column internal.message_claim.expires_at is 'The time after which another worker may claim it.';
comment on column internal.message_claim.worker is 'The sender that claimed it.';

create table internal.pending_receipt (
  tenant_id uuid not null,
  channel_id uuid not null,
  received_at timestamptz not null default clock_timestamp(),
  occurred_at timestamptz not null,
  external_message_id text not null,
  status text not null,
  error_code text,
  error_message text,
  constraint pending_receipt_pkey primary key (tenant_id, channel_id, external_message_id, status),
  constraint pending_receipt_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete cascade
);

create index pending_receipt_tenant_id_channel_id_received_at_idx
  on internal.pending_receipt (tenant_id, channel_id, received_at);
create index pending_receipt_received_at_idx on internal.pending_receipt (received_at);

comment on table internal.pending_receipt is 'Receipts that came before the sender reported the provider''s id of the message; they are few, and stay for a short time.';
comment on column internal.pending_receipt.tenant_id is 'The merchant.';
comment on column internal.pending_receipt.channel_id is 'The channel that it came through.';
comment on column internal.pending_receipt.received_at is 'When it came; it is deleted after a day.';
comment on column internal.pending_receipt.occurred_at is 'When it happened, by the provider''s clock.';
comment on column internal.pending_receipt.external_message_id is 'The provider''s id of the message.';
comment on column internal.pending_receipt.status is 'sent, delivered, read or failed.';
comment on column internal.pending_receipt.error_code is 'The provider''s code of the failure.';
comment on column internal.pending_receipt.error_message is 'The provider''s message about the failure.';

create table internal.receipt_mark (
  tenant_id uuid not null,
  channel_id uuid not null,
  received_at timestamptz not null default clock_timestamp(),
  occurred_at timestamptz not null,
  sent_until timestamptz not null,
  identity_key text not null,
  status text not null,
  constraint receipt_mark_pkey primary key (tenant_id, channel_id, identity_key, status),
  constraint receipt_mark_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete cascade
);

create index receipt_mark_received_at_idx on internal.receipt_mark (received_at);

comment on table internal.receipt_mark is 'Up to when what was sent to a person was delivered or read, for messages of which the sender or the provider reports later.';
comment on column internal.receipt_mark.tenant_id is 'The merchant.';
comment on column internal.receipt_mark.channel_id is 'The channel that it came through.';
comment on column internal.receipt_mark.received_at is 'When it came; it is deleted after a day.';
comment on column internal.receipt_mark.occurred_at is 'When it happened, by the provider''s clock.';
comment on column internal.receipt_mark.sent_until is 'What was sent up to this time was delivered or read.';
comment on column internal.receipt_mark.identity_key is 'The person, by the key of the customer''s identity in the channel.';
comment on column internal.receipt_mark.status is 'delivered or read.';

create table internal.pending_change (
  tenant_id uuid not null,
  channel_id uuid not null,
  received_at timestamptz not null default clock_timestamp(),
  occurred_at timestamptz not null,
  external_message_id text not null,
  kind text not null,
  author_external_id text not null default '',
  sender_type text not null,
  content text not null default '',
  constraint pending_change_pkey
    primary key (tenant_id, channel_id, external_message_id, kind, author_external_id, occurred_at),
  constraint pending_change_channel_id_fkey foreign key (tenant_id, channel_id)
    references commerce.channel (tenant_id, id) on delete cascade
);

create index pending_change_tenant_id_channel_id_received_at_idx
  on internal.pending_change (tenant_id, channel_id, received_at);
create index pending_change_received_at_idx on internal.pending_change (received_at);

comment on table internal.pending_change is 'Reactions, edits and deletions that came before the message that they change; they are few, and stay for a short time.';
comment on column internal.pending_change.tenant_id is 'The merchant.';
comment on column internal.pending_change.channel_id is 'The channel that it came through.';
comment on column internal.pending_change.received_at is 'When it came; it is deleted after a day.';
comment on column internal.pending_change.occurred_at is 'When it happened, by the provider''s clock.';
comment on column internal.pending_change.external_message_id is 'The provider''s id of the message that it changes.';
comment on column internal.pending_change.kind is 'reaction, edit or deletion.';
comment on column internal.pending_change.author_external_id is 'The provider''s id of the person who reacts; empty for the others.';
comment on column internal.pending_change.sender_type is 'The side that it comes from: the customer''s or the merchant''s.';
comment on column internal.pending_change.content is 'The emoji or the new text.';

insert into internal.purge_child (parent, child, child_column, is_personal)
values ('channel', 'internal.pending_change', 'channel_id', true);
insert into internal.purge_child (parent, child, child_column, is_personal)
values ('channel', 'internal.pending_receipt', 'channel_id', true);
insert into internal.purge_child (parent, child, child_column, is_personal)
values ('channel', 'internal.receipt_mark', 'channel_id', true);

-- Staff cancel messages that wait, and send failed messages again; what a provider reports of a cancelled
-- message counts. A receipt that these rows do not allow has come late and is ignored: the rank only rises, and a
-- message that was delivered can no longer have failed.
insert into internal.state_transition (machine, from_state, to_state, permission, buyer_may, worker_may)
values
  ('conversation_history.delivery_status', 'queued', 'sent', null, false, true),
  ('conversation_history.delivery_status', 'queued', 'delivered', null, false, true),
  ('conversation_history.delivery_status', 'queued', 'read', null, false, true),
  ('conversation_history.delivery_status', 'queued', 'failed', null, false, true),
  ('conversation_history.delivery_status', 'sent', 'delivered', null, false, true),
  ('conversation_history.delivery_status', 'sent', 'read', null, false, true),
  ('conversation_history.delivery_status', 'sent', 'failed', null, false, true),
  ('conversation_history.delivery_status', 'delivered', 'read', null, false, true),
  ('conversation_history.delivery_status', 'failed', 'delivered', null, false, true),
  ('conversation_history.delivery_status', 'failed', 'read', null, false, true),
  ('conversation_history.delivery_status', 'queued', 'cancelled', 'conversations.reply', false, true),
  ('conversation_history.delivery_status', 'failed', 'queued', 'conversations.reply', false, true),
  ('conversation_history.delivery_status', 'cancelled', 'sent', null, false, true),
  ('conversation_history.delivery_status', 'cancelled', 'delivered', null, false, true),
  ('conversation_history.delivery_status', 'cancelled', 'read', null, false, true);

-- The message that a form shows when a row breaks a rule: the field, followed by the rule.
comment on constraint conversation_history_failed_has_time on commerce.conversation_history is 'failed_at must be given for a message that failed';
comment on constraint conversation_history_inbound_is_customers on commerce.conversation_history is 'sender_type must be customer for a message that came in';
comment on constraint conversation_history_inbound_is_received on commerce.conversation_history is 'delivery_status must be received for a message that came in, and for no other';
comment on constraint conversation_history_withdrawn_is_empty on commerce.conversation_history is 'message must be empty once it is withdrawn, with its metadata';
comment on constraint message_attachment_is_somewhere on commerce.message_attachment is 'url must be given, or storage_key, external_media_id or both coordinates';

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

delete from internal.state_transition where machine = 'conversation_history.delivery_status';
delete from internal.purge_child where child = 'internal.pending_receipt';
delete from internal.purge_child where child = 'internal.pending_change';
delete from internal.purge_child where child = 'internal.receipt_mark';
drop table internal.pending_change;
drop table internal.receipt_mark;
drop table internal.pending_receipt;
drop table internal.message_claim;
drop table commerce.message_revision;
drop table commerce.message_reaction;
drop table commerce.message_attachment;
drop table commerce.conversation_event;
drop table commerce.conversation_history;
