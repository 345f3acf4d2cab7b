-- Messages of a thread with all that a chat screen shows, the newest first, in pages.
-- @json attachments readonly MessageAttachment[]
-- @json reactions readonly MessageReaction[]
-- @doc attachments Its files and places, in their order.
-- @doc reactions The reactions to it.
-- @doc sender_name The name of the person who wrote it for the shop.
-- @doc reply_to_text The beginning of the message that it answers.
/* @name listMessages :many */
select h.id, h.direction, h.message_type, h.sender_type, h.sender_user_id, u.display_name as "sender_name?",
       h.author_external_id, h.author_name, h.message, h.metadata, h.delivery_status, h.error_code, h.error_message,
       h.template_name, h.language, h.reply_to_id, left(r.message, 200) as "reply_to_text?", h.order_id, h.arrival,
       h.is_silent, h.occurred_at, h.sent_at, h.delivered_at, h.read_at, h.failed_at, h.edited_at, h.withdrawn_at,
       h.created_at,
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'file_type', a.file_type, 'url', a.url, 'storage_key', a.storage_key, 'external_media_id',
                  a.external_media_id, 'mime_type', a.mime_type, 'file_name', a.file_name, 'caption', a.caption,
                  'size_bytes', a.size_bytes, 'latitude', a.latitude, 'longitude', a.longitude) order by a.position), '[]')
           from api.message_attachment as a
          where a.tenant_id = h.tenant_id and a.message_id = h.id
       ) as "attachments!",
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'emoji', e.emoji, 'sender_type', e.sender_type, 'author_external_id', e.author_external_id)
                  order by e.occurred_at, e.id), '[]')
           from api.message_reaction as e
          where e.tenant_id = h.tenant_id and e.message_id = h.id
       ) as "reactions!",
       json_build_array(h.occurred_at, h.id) as "cursor!"
  from api.conversation_history as h
  left join api.conversation_history as r on r.tenant_id = h.tenant_id and r.id = h.reply_to_id
  left join api.users as u on u.tenant_id = h.tenant_id and u.id = h.sender_user_id
 where h.tenant_id = :tenantId!
   and h.thread_id = :threadId!
   and (:after::jsonb is null
     or (h.occurred_at, h.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit :first!;

-- Messages of a shopper's own thread with all that a chat screen shows, the newest first, in pages.
-- @json attachments readonly MessageAttachment[]
-- @json reactions readonly MessageReaction[]
-- @doc attachments Its files and places, in their order.
-- @doc reactions The reactions to it.
-- @doc reply_to_text The beginning of the message that it answers.
/* @name listOwnMessages :many */
select h.id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.reply_to_id,
       left(r.message, 200) as "reply_to_text?", h.order_id, h.arrival, h.occurred_at, h.read_at, h.edited_at,
       h.withdrawn_at, h.created_at,
       (
         select coalesce(jsonb_agg(jsonb_build_object(
                  'file_type', a.file_type, 'url', a.url, 'storage_key', a.storage_key, 'mime_type', a.mime_type,
                  'file_name', a.file_name, 'caption', a.caption, 'size_bytes', a.size_bytes, 'latitude', a.latitude,
                  'longitude', a.longitude) order by a.position), '[]')
           from api.message_attachment as a
          where a.tenant_id = h.tenant_id and a.message_id = h.id
       ) as "attachments!",
       (
         select coalesce(jsonb_agg(jsonb_build_object('emoji', e.emoji, 'sender_type', e.sender_type)
                  order by e.occurred_at, e.id), '[]')
           from api.message_reaction as e
          where e.tenant_id = h.tenant_id and e.message_id = h.id
       ) as "reactions!",
       json_build_array(h.occurred_at, h.id) as "cursor!"
  from api.conversation_history as h
  left join api.conversation_history as r on r.tenant_id = h.tenant_id and r.id = h.reply_to_id
 where h.tenant_id = :tenantId!
   and h.thread_id = :threadId!
   and (:after::jsonb is null
     or (h.occurred_at, h.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit :first!;

-- Messages of a customer in all threads, the newest first, in pages.
/* @name listCustomerMessages :many */
select h.id, h.thread_id, h.channel_id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status,
       h.error_code, h.template_name, h.reply_to_id, h.order_id, h.occurred_at, h.read_at, h.edited_at,
       h.withdrawn_at, json_build_array(h.occurred_at, h.id) as "cursor!"
  from api.conversation_history as h
 where h.tenant_id = :tenantId!
   and h.customer_id = :customerId!
   and (:after::jsonb is null
     or (h.occurred_at, h.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit :first!;

-- The texts of a message that was edited, the first one first.
/* @name listMessageRevisions :many */
select r.id, r.message, r.occurred_at
  from api.message_revision as r
 where r.tenant_id = :tenantId! and r.message_id = :messageId!
 order by r.occurred_at;

-- The send queue: messages that are waiting, or were sent and are not yet known to have arrived, the oldest first,
-- in pages.
/* @name listUndelivered :many */
select h.id, h.thread_id, h.channel_id, h.customer_id, h.message_type, h.message, h.template_name, h.language,
       h.delivery_status, h.external_message_id, h.sent_at, h.created_at,
       json_build_array(h.created_at, h.id) as "cursor!"
  from api.conversation_history as h
 where h.tenant_id = :tenantId!
   and h.delivery_status in ('queued', 'sent')
   and (:after::jsonb is null
     or (h.created_at, h.id) > ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.created_at, h.id
 limit :first!;

-- The message that a provider knows by this id, or null.
/* @name findMessageByExternalId :maybeOne */
select h.id, h.thread_id, h.customer_id, h.direction, h.delivery_status, h.occurred_at
  from api.conversation_history as h
 where h.tenant_id = :tenantId! and h.channel_id = :channelId! and h.external_message_id = :externalMessageId!;

-- For webhooks, as worker: stores an inbound message of the connected account; the tenant is found by
-- the account. A repeat returns the first row with is_new false. NOT_FOUND for an unknown account,
-- TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc externalUserId The provider's id of the customer, such as a telephone number.
-- @doc profileName The name under which the customer writes.
-- @json attachments readonly MessageAttachment[]
-- @type direction MessageDirection
-- @type messageType string
-- @doc attachments Files and places, at most 30.
-- @doc replyToExternalId The provider's id of the message that it answers.
-- @doc direction outbound: what the merchant sent by other means, such as the phone app.
-- @doc isHistory Whether it was sent before the channel was connected.
-- @doc authorExternalId In a group, the provider's id of the person who wrote it.
-- @doc authorName In a group, the name of the person who wrote it.
-- @doc otherUserIds Further ids of the channel under which the same person writes.
-- @doc messageType Its kind, by the provider's name; a kind that is not known is stored as unsupported.
-- @doc is_new Whether this call stored it.
/* @name receiveMessage :one */
select m.tenant_id as "tenant_id!", m.message_id as "message_id!", m.thread_id as "thread_id!",
       m.customer_id as "customer_id!", m.is_new as "is_new!"
  from internal.receive_message(
    p_channel_type => :channelType!, p_external_account_id => :externalAccountId!,
    p_external_user_id => :externalUserId!, p_external_message_id => :externalMessageId!,
    p_message => :message!, p_message_type => coalesce(:messageType, 'text'),
    p_occurred_at => coalesce(:occurredAt::timestamptz, now()), p_profile_name => :profileName,
    p_metadata => coalesce(:metadata::jsonb, '{}'), p_attachments => coalesce(:attachments::jsonb, '[]'),
    p_reply_to_external_id => :replyToExternalId, p_direction => coalesce(:direction, 'inbound'),
    p_is_history => coalesce(:isHistory::boolean, false), p_author_external_id => :authorExternalId,
    p_author_name => :authorName, p_other_user_ids => coalesce(:otherUserIds::text[], '{}')
  ) as m;

-- For webhooks, as worker: records a reaction (content: the emoji, empty when it is removed), an edit (content: the new
-- text) or a deletion by the sender. Of two changes the later one counts, in whichever order they arrive. A change that
-- arrives before its message is kept for a day, and message_id is NULL. NOT_FOUND for an unknown account,
-- TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
-- @type kind 'reaction' | 'edit' | 'deletion'
-- @type senderType 'customer' | 'merchant'
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc kind What happened to the message.
-- @doc content The emoji or the new text.
-- @doc authorExternalId Whose reaction it is.
-- @doc senderType Which side made the change; the customer unless given.
-- @doc is_changed Whether it changed anything.
/* @name recordMessageChange :one */
select c.tenant_id as "tenant_id!", c.message_id, c.is_changed as "is_changed!"
  from internal.record_message_change(
    :channelType!, :externalAccountId!, :externalMessageId!, :kind!, :content,
    coalesce(:occurredAt::timestamptz, now()), :authorExternalId, coalesce(:senderType, 'customer')
  ) as c;

-- Messages that hold the words, of one customer or in one channel, from since to before until, the newest first;
-- a query of at most 200 characters, or a customer, must be given. In pages of at most 100. FORBIDDEN, INVALID_INPUT.
/* @name searchMessages :many */
select m.message_id as "message_id!", m.thread_id as "thread_id!", m.channel_id as "channel_id!",
       m.customer_id as "customer_id!", m.direction as "direction!", m.sender_type as "sender_type!",
       m.message_type as "message_type!", m.message as "message!", m.occurred_at as "occurred_at!",
       m.cursor as "cursor!"
  from api.search_messages(
    p_query => :query, p_customer_id => :customerId, p_channel_id => :channelId, p_since => :since,
    p_until => :until, p_first => :first!, p_after => :after
  ) as m;

-- Queues a message to the customer of a thread: a text, a template by its name, or media, buttons or a location in
-- metadata, with their messageType. A repeat with the same key returns the first message. REPLY_WINDOW_CLOSED without
-- a template, FORBIDDEN also for a blocked customer, INVALID_TRANSITION for a closed thread, IDEMPOTENCY_MISMATCH,
-- LIMIT_REACHED, ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
-- @json attachments readonly MessageAttachment[]
-- @doc attachments Files and places, at most 30.
/* @name queueMessage :one */
select h.id, h.message_type, h.delivery_status, h.occurred_at
  from api.queue_message(
    p_thread_id => :threadId!, p_idempotency_key => :idempotencyKey!, p_message => coalesce(:message, ''),
    p_template_name => :templateName, p_language => :language, p_reply_to_id => :replyToId,
    p_message_type => :messageType, p_metadata => coalesce(:metadata::jsonb, '{}'),
    p_attachments => coalesce(:attachments::jsonb, '[]'), p_order_id => :orderId
  ) as h
 where h.tenant_id = :tenantId!;

-- Writes to a customer in a channel, in the thread that is not closed or in a new one; the message is queued as by
-- queueMessage. REPLY_WINDOW_CLOSED without a template, FORBIDDEN also for a blocked customer, IDEMPOTENCY_MISMATCH,
-- LIMIT_REACHED, ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
-- @json attachments readonly MessageAttachment[]
-- @doc attachments Files and places, at most 30.
/* @name beginConversation :one */
select h.id, h.thread_id, h.message_type, h.delivery_status, h.language, h.occurred_at
  from api.begin_conversation(
    p_customer_id => :customerId!, p_channel_id => :channelId!, p_idempotency_key => :idempotencyKey!,
    p_template_name => :templateName, p_language => :language, p_message => coalesce(:message, ''),
    p_metadata => coalesce(:metadata::jsonb, '{}'), p_attachments => coalesce(:attachments::jsonb, '[]'),
    p_order_id => :orderId
  ) as h
 where h.tenant_id = :tenantId!;

-- As the shopper, or a visitor whose token has a subject: writes to the shop in its chat, in their own thread that is
-- not closed, or in a new one. A repeat with the same key returns the first message. FORBIDDEN, IDEMPOTENCY_MISMATCH,
-- NOT_FOUND also where the shop has no such chat, INVALID_INPUT.
-- @json attachments readonly OwnAttachment[]
-- @doc channelId The chat; the shop's first one unless given.
-- @doc orderId The caller's own order that it is about.
-- @doc attachments Files that requestUpload granted, and places, at most 10.
/* @name startConversation :one */
select h.id, h.thread_id, h.channel_id, h.customer_id, h.occurred_at
  from api.start_conversation(
    p_idempotency_key => :idempotencyKey!, p_message => coalesce(:message, ''), p_channel_id => :channelId,
    p_order_id => :orderId, p_attachments => coalesce(:attachments::jsonb, '[]')
  ) as h
 where h.tenant_id = :tenantId!;

-- As the shopper or visitor: writes in one of their own threads of the shop's chat. FORBIDDEN, INVALID_TRANSITION for a
-- closed thread, IDEMPOTENCY_MISMATCH, NOT_FOUND, INVALID_INPUT.
-- @json attachments readonly OwnAttachment[]
-- @doc orderId The caller's own order that it is about.
-- @doc attachments Files that requestUpload granted, and places, at most 10.
/* @name sendMessage :one */
select h.id, h.thread_id, h.occurred_at
  from api.send_message(
    p_thread_id => :threadId!, p_idempotency_key => :idempotencyKey!, p_message => coalesce(:message, ''),
    p_reply_to_id => :replyToId, p_order_id => :orderId, p_attachments => coalesce(:attachments::jsonb, '[]')
  ) as h
 where h.tenant_id = :tenantId!;

-- Takes a message that no sender has claimed yet out of the queue. INVALID_TRANSITION when it is being sent or was
-- sent, FORBIDDEN, NOT_FOUND.
/* @name cancelMessage :one */
select h.id, h.delivery_status from api.cancel_message(:messageId!) as h where h.tenant_id = :tenantId!;

-- Puts a message that failed back into the queue. INVALID_TRANSITION for one that has not failed, REPLY_WINDOW_CLOSED,
-- FORBIDDEN also for a blocked customer, NOT_FOUND, INVALID_INPUT when it cannot be sent for another reason.
/* @name retryMessage :one */
select h.id, h.delivery_status from api.retry_message(:messageId!) as h where h.tenant_id = :tenantId!;

-- Permanently empties a message of either side, with its former texts, files and places, for instance when a person asks
-- for erasure. A repeat changes nothing. FORBIDDEN, NOT_FOUND, INVALID_INPUT for a message that waits to be sent.
/* @name eraseMessage :one */
select h.id, h.withdrawn_at from api.erase_message(:messageId!) as h where h.tenant_id = :tenantId!;

-- As worker: claims queued messages of a tenant for a sender, the oldest first, at most a batch (1 to 1000, 100 unless
-- given) a call, with everything that is needed to send them; no other sender gets them for claimSeconds (300 unless
-- given). Each must end with markSent or markFailed; only then is the next message of its thread given out. A message
-- that can no longer be sent becomes failed, and is not given out. Calls may run at the same time. TENANT_REQUIRED,
-- INVALID_INPUT.
-- @doc worker The name of the sender, who holds the claim.
-- @doc claimSeconds For how many seconds no other sender gets them; 300 unless given.
-- @doc attempt The number of this attempt, from 1.
-- @doc channel_type The kind of channel it goes through.
-- @doc provider The provider to send it by.
-- @doc external_account_id The provider's id of the merchant's account.
-- @doc external_user_id The provider's id of the customer.
-- @json attachments readonly MessageAttachment[]
-- @doc attachments Its files and places, in their order.
-- @doc is_past_window Whether it is sent after the reply window, because a person wrote it; the request to the provider must say so.
-- @doc reply_to_external_message_id The provider's id of the message that it answers.
/* @name claimMessages :many */
select m.message_id as "message_id!", m.thread_id as "thread_id!", m.channel_id as "channel_id!",
       m.channel_type as "channel_type!", m.provider as "provider!", m.external_account_id as "external_account_id!",
       m.external_user_id as "external_user_id!", m.message as "message!", m.message_type as "message_type!",
       m.template_name, m.language, m.metadata as "metadata!", m.reply_to_external_message_id,
       m.attachments as "attachments!", m.is_past_window as "is_past_window!", m.attempt as "attempt!"
  from internal.claim_messages(
    :tenantId!, :worker!, coalesce(:batch::integer, 100), make_interval(secs => coalesce(:claimSeconds::integer, 300))
  ) as m;

-- As worker: records that the provider has accepted a message under this id; returns its delivery status. A repeat
-- changes nothing. ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
/* @name markSent :one */
select internal.mark_sent(:tenantId!, :messageId!, :externalMessageId!, coalesce(:sentAt::timestamptz, now()))
    as "delivery_status!";

-- As worker: records that the provider has refused a message, for good or temporarily; returns its delivery status. A
-- message that is refused temporarily is given out again later, eight times at most. NOT_FOUND, INVALID_INPUT.
-- @doc isTemporary Whether it may be tried again.
/* @name markFailed :one */
select internal.mark_failed(
    :tenantId!, :messageId!, :errorCode!, :errorMessage, coalesce(:isTemporary::boolean, false)
  ) as "delivery_status!";

-- For webhooks, as worker: records what a provider reports about a message that was sent. A status only moves forward:
-- a report that comes late or twice changes nothing. A report whose message is not known yet is kept for a day, and
-- message_id is NULL. NOT_FOUND for an unknown account, INVALID_INPUT.
-- @type status 'sent' | 'delivered' | 'read' | 'failed'
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc status What the provider reports about it.
/* @name recordReceipt :one */
select r.tenant_id as "tenant_id!", r.message_id, r.delivery_status
  from internal.record_receipt(
    :channelType!, :externalAccountId!, :externalMessageId!, :status!, coalesce(:occurredAt::timestamptz, now()),
    :errorCode, :errorMessage
  ) as r;

-- For webhooks, as worker: records that all that was sent to a person up to a time was delivered or read. A status only
-- moves forward: a mark that comes late or twice changes nothing. It also counts for messages whose sending is reported
-- within a day after it. NOT_FOUND for an unknown account, INVALID_INPUT.
-- @type status 'delivered' | 'read'
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc status What the provider reports about the messages.
-- @doc sentUntil The time up to which they were sent, by the provider's clock.
-- @doc occurredAt When they were delivered or read.
-- @doc message_count How many messages it moved.
/* @name recordReceipts :one */
select r.tenant_id as "tenant_id!", r.message_count as "message_count!"
  from internal.record_receipts(
    :channelType!, :externalAccountId!, :externalUserId!, :status!, :sentUntil!, coalesce(:occurredAt::timestamptz, now())
  ) as r;

-- Grants a key under which the caller may store one file of this type and size within 15 minutes; signUpload signs the
-- request for it. The purpose is chat, product, storefront, kyc or payment_proof. FORBIDDEN, LIMIT_REACHED,
-- INVALID_INPUT.
-- @type purpose 'chat' | 'product' | 'storefront' | 'kyc' | 'payment_proof'
-- @doc purpose What it is for.
-- @doc fileName What the person calls it.
-- @doc mimeType Its media type.
-- @doc sizeBytes How many bytes it has, exactly.
-- @doc storage_key Its key in the object storage, below the merchant's own prefix.
-- @doc mime_type The type that is granted.
-- @doc size_bytes The size that is granted.
-- @doc expires_at Until when it may be stored.
/* @name requestUpload :one */
select u.storage_key as "storage_key!", u.mime_type as "mime_type!", u.size_bytes as "size_bytes!",
       u.expires_at as "expires_at!"
  from api.request_upload(:purpose!, :fileName!, :mimeType!, :sizeBytes!) as u;

-- As worker: claims files that are not in use. The caller deletes each of them from the object storage
-- (signDeletion), and then confirms it by confirmDeletedFiles. No other worker gets them for five minutes.
-- INVALID_INPUT.
-- @doc batch How many at most, up to 1000.
-- @doc storage_key Its key in the object storage.
-- @doc size_bytes How many bytes it has.
/* @name claimUnusedFiles :many */
select f.storage_key as "storage_key!", f.size_bytes as "size_bytes!"
  from internal.claim_unused_files(:tenantId!, :batch!) as f;

-- As worker: confirms that these claimed files are gone from the object storage, or were never uploaded to it. They no
-- longer count against the plan. Returns how many there were. INVALID_INPUT.
-- @doc storageKeys Their keys in the object storage.
/* @name confirmDeletedFiles :one */
select internal.confirm_deleted_files(:tenantId!, :storageKeys!::text[]) as "count!";

-- As worker: claims files of messages that are still at the provider, the oldest first. The caller fetches each, stores
-- it (requestUpload, signUpload), and calls recordMedia. A file that is not recorded is given out again, eight times in
-- all. TENANT_REQUIRED, INVALID_INPUT.
-- @doc batch How many at most, up to 1000.
-- @doc attachment_id The attachment that recordMedia takes.
-- @doc channel_type The kind of channel it came through.
-- @doc mime_type Its media type, as the provider gave it.
-- @doc file_name Its name, as the provider gave it.
-- @doc external_account_id The provider's id of the merchant's account.
-- @doc external_media_id The provider's id of the file.
-- @doc attempt The number of this attempt, from 1 to 8.
/* @name claimMedia :many */
select m.attachment_id as "attachment_id!", m.message_id as "message_id!", m.channel_id as "channel_id!",
       m.channel_type as "channel_type!", m.external_account_id as "external_account_id!",
       m.external_media_id as "external_media_id!", m.mime_type, m.file_name, m.attempt as "attempt!"
  from internal.claim_media(:tenantId!, :batch!) as m;

-- As worker: records where the file of a message is, when it was fetched from the provider. Returns false for a file that
-- is stored already. NOT_FOUND, INVALID_INPUT.
-- @doc attachmentId The attachment that claimMedia gave.
-- @doc storageKey The key that requestUpload granted.
-- @doc is_new Whether this call was the first to record it.
/* @name recordMedia :one */
select internal.record_media(:tenantId!, :attachmentId!, :storageKey!) as "is_new!";
