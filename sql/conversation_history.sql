-- Messages of a thread, the newest first, in pages; also for its buyer.
/* @name listMessages */
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
/* @name listCustomerMessages */
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
/* @name listUndelivered */
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

-- The message that a provider knows by this id, or no row.
/* @name findMessageByExternalId */
select h.id, h.thread_id, h.customer_id, h.direction, h.delivery_status, h.occurred_at
  from api.conversation_history as h
 where h.tenant_id = :tenantId! and h.channel_id = :channelId! and h.external_message_id = :externalMessageId!;

-- For webhooks, as worker: stores an inbound message of the connected account; the tenant is found by
-- the account. A repeat returns the first row with is_new false. NOT_FOUND for an unknown account,
-- TENANT_REQUIRED for a suspended merchant, INVALID_INPUT.
/* @name receiveMessage */
select m.tenant_id as "tenant_id!", m.message_id as "message_id!", m.thread_id as "thread_id!",
       m.customer_id as "customer_id!", m.is_new as "is_new!"
  from internal.receive_message(
    p_channel_type => :channelType!, p_external_account_id => :externalAccountId!,
    p_external_user_id => :externalUserId!, p_external_message_id => :externalMessageId!,
    p_message => :message!, p_message_type => coalesce(:messageType, 'text'),
    p_occurred_at => coalesce(:occurredAt::timestamptz, now()), p_profile_name => :profileName,
    p_metadata => coalesce(:metadata::jsonb, '{}')
  ) as m;
