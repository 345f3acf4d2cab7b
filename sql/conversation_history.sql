-- Messages of a thread, the newest first, in pages; also for its buyer.
/* @name listMessages :many */
select h.id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.reply_to_id, h.order_id,
       h.occurred_at, h.created_at, json_build_array(h.occurred_at, h.id) as "cursor!"
  from api.conversation_history as h
 where h.tenant_id = :tenantId!
   and h.thread_id = :threadId!
   and (:after::jsonb is null
     or (h.occurred_at, h.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit :first!;

-- Messages of a customer over all threads, the newest first, in pages.
/* @name listCustomerMessages :many */
select h.id, h.thread_id, h.direction, h.message_type, h.sender_type, h.message, h.delivery_status, h.order_id,
       h.occurred_at, json_build_array(h.occurred_at, h.id) as "cursor!"
  from api.conversation_history as h
 where h.tenant_id = :tenantId!
   and h.customer_id = :customerId!
   and (:after::jsonb is null
     or (h.occurred_at, h.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by h.occurred_at desc, h.id desc
 limit :first!;

-- The send queue: messages that are waiting, or sent and not yet known to have arrived, the oldest first,
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
-- @doc is_new Whether this call stored it.
/* @name receiveMessage :one */
select m.tenant_id as "tenant_id!", m.message_id as "message_id!", m.thread_id as "thread_id!",
       m.customer_id as "customer_id!", m.is_new as "is_new!"
  from internal.receive_message(
    p_channel_type => :channelType!, p_external_account_id => :externalAccountId!,
    p_external_user_id => :externalUserId!, p_external_message_id => :externalMessageId!,
    p_message => :message!, p_message_type => coalesce(:messageType, 'text'),
    p_occurred_at => coalesce(:occurredAt::timestamptz, now()), p_profile_name => :profileName,
    p_metadata => coalesce(:metadata::jsonb, '{}')
  ) as m;

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
-- ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
/* @name queueMessage :one */
select h.id, h.message_type, h.delivery_status, h.occurred_at
  from api.queue_message(
    p_thread_id => :threadId!, p_idempotency_key => :idempotencyKey!, p_message => coalesce(:message, ''),
    p_template_name => :templateName, p_language => :language, p_reply_to_id => :replyToId,
    p_message_type => :messageType, p_metadata => coalesce(:metadata::jsonb, '{}')
  ) as h
 where h.tenant_id = :tenantId!;

-- As worker: queued messages of a tenant for a sender, the oldest first, at most a batch (1 to 1000, 100 unless said)
-- a call, with all that sending takes; nobody else gets them for claimSeconds (300 unless said). End each with
-- markSent or markFailed. Safe to run many times at once. TENANT_REQUIRED, INVALID_INPUT.
-- @doc worker The name of the sender, who holds the claim.
-- @doc claimSeconds For how long nobody else gets them; 300 unless given.
-- @doc attempt Which time it is given out, from 1.
-- @doc channel_type The kind of channel it goes through.
-- @doc provider The provider to send it by.
-- @doc external_account_id The provider's id of the merchant's account.
-- @doc external_user_id The provider's id of the customer.
-- @doc reply_to_external_message_id The provider's id of the message that it answers.
/* @name claimMessages :many */
select m.message_id as "message_id!", m.thread_id as "thread_id!", m.channel_id as "channel_id!",
       m.channel_type as "channel_type!", m.provider as "provider!", m.external_account_id as "external_account_id!",
       m.external_user_id as "external_user_id!", m.message as "message!", m.message_type as "message_type!",
       m.template_name, m.language, m.metadata as "metadata!", m.reply_to_external_message_id, m.attempt as "attempt!"
  from internal.claim_messages(
    :tenantId!, :worker!, coalesce(:batch::integer, 100), make_interval(secs => coalesce(:claimSeconds::integer, 300))
  ) as m;

-- As worker: the provider has taken a message, and calls it by this id; returns how far it has come. A repeat changes
-- nothing. ALREADY_EXISTS, NOT_FOUND, INVALID_INPUT.
/* @name markSent :one */
select internal.mark_sent(:messageId!, :externalMessageId!, coalesce(:sentAt::timestamptz, now()))
    as "delivery_status!";

-- As worker: the provider has refused a message for good; returns how far it has come. NOT_FOUND, INVALID_INPUT.
/* @name markFailed :one */
select internal.mark_failed(:messageId!, :errorCode!, :errorMessage) as "delivery_status!";

-- For webhooks, as worker: what a provider says of a message that was sent. Only forward: one that comes late or
-- twice changes nothing; one whose message is not known yet is kept for a day, and message_id is NULL. NOT_FOUND for
-- an unknown account, INVALID_INPUT.
-- @type status 'sent' | 'delivered' | 'read' | 'failed'
-- @doc channelType The kind of channel; with externalAccountId it finds the account.
-- @doc externalAccountId The provider's id of the merchant's account.
-- @doc status What the provider says of it.
/* @name recordReceipt :one */
select r.tenant_id as "tenant_id!", r.message_id, r.delivery_status
  from internal.record_receipt(
    :channelType!, :externalAccountId!, :externalMessageId!, :status!, coalesce(:occurredAt::timestamptz, now()),
    :errorCode, :errorMessage
  ) as r;
