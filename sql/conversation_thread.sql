-- Threads that fit all filters given, the one with the latest message first, in pages, for staff: the inbox. The
-- columns about the customer and the latest message are NULL for closed threads.
-- Days (YYYY-MM-DD) are the shop's; the rows before a cursor are read with `before`. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ConversationStatus[]
-- @type priorities readonly ConversationPriority[]
-- @type last_message_direction MessageDirection
-- @type last_message_type MessageType
-- @type last_message_sender_type SenderType
-- @type last_message_status DeliveryStatus
-- @type order 'newest' | 'oldest'
/* @name listThreads :many */
select t.*, i.channel_type as "channel_type?", i.customer_name, i.assignee_name, h.last_message as "last_message?",
       h.last_message_direction as "last_message_direction?", h.last_message_type as "last_message_type?",
       h.last_message_sender_type as "last_message_sender_type?", h.last_message_status as "last_message_status?",
       i.open_order_count, m.cursor as "cursor!"
  from api.list_threads(
    p_statuses => :statuses::text[], p_priorities => :priorities::text[], p_channel_id => :channelId, p_customer_id => :customerId, p_assigned_member_id => :assignedMemberId, p_is_unassigned => :isUnassigned,
    p_from => :from, p_to => :to, p_order => coalesce(:order, 'newest'),
    p_first => least(:first!::bigint, 2147483647)::integer, p_after => :after, p_before => :before
  ) with ordinality as m (thread_id, cursor, place)
 cross join lateral (
    select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.subject, t.tags, t.assigned_member_id,
           t.last_message_at as "last_message_at!", t.unread_count, t.reply_window_ends_at, t.snoozed_until,
           t.closed_at, t.version
      from api.conversation_thread as t
     where t.tenant_id = :tenantId! and t.id = m.thread_id
    offset 0
  ) as t
  left join lateral (
    select i.channel_type, i.customer_name, i.assignee_name, i.open_order_count
      from api.conversation_inbox as i
     where i.tenant_id = :tenantId! and i.id = m.thread_id
    offset 0
  ) as i on true
  -- The view would look it up for each of its columns.
  left join lateral (
    select left(h.message, 200) as last_message, h.direction as last_message_direction,
           h.message_type as last_message_type, h.sender_type as last_message_sender_type,
           h.delivery_status as last_message_status
      from api.conversation_history as h
     where h.tenant_id = :tenantId! and h.thread_id = m.thread_id and t.status <> 'closed'
     order by h.occurred_at desc, h.id desc
     limit 1
  ) as h on true
 order by m.place;

-- How many threads of each status there are, up to 1000, with the filters of listThreads.
-- isAtLeast: there are more. INVALID_INPUT, TENANT_REQUIRED.
-- @type statuses readonly ConversationStatus[]
-- @type priorities readonly ConversationPriority[]
-- @type status ConversationStatus
/* @name countThreads :many */
select c.status as "status!", c.row_count as "row_count!", c.is_at_least as "is_at_least!"
  from api.count_threads(p_statuses => :statuses::text[], p_priorities => :priorities::text[], p_channel_id => :channelId, p_customer_id => :customerId, p_assigned_member_id => :assignedMemberId, p_is_unassigned => :isUnassigned, p_from => :from, p_to => :to) as c;

-- All threads of a customer, closed ones as well, the newest first, in pages; also for the buyer.
/* @name listCustomerThreads :many */
select t.id, t.channel_id, t.status, t.customer_unread_count, t.last_message_at, t.reply_window_ends_at, t.closed_at,
       t.created_at,
       json_build_array(t.created_at, t.id) as "cursor!"
  from api.conversation_thread as t
 where t.tenant_id = :tenantId!
   and t.customer_id = :customerId!
   and (:after::jsonb is null
     or (t.created_at, t.id) < ((:after::jsonb ->> 0)::timestamptz, (:after::jsonb ->> 1)::uuid))
 order by t.created_at desc, t.id desc
 limit :first!;

-- One thread, or null.
/* @name getThread :maybeOne */
select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.tags, t.language,
       t.unread_count, t.last_message_at, t.last_inbound_at, t.first_response_at, t.reply_window_ends_at,
       t.snoozed_until, t.closed_at, t.version, t.created_at, t.updated_at
  from api.conversation_thread as t
 where t.tenant_id = :tenantId! and t.id = :threadId!;

-- The one thread of a customer on an account that is not closed, or null.
/* @name findLiveThread :maybeOne */
select t.id, t.status, t.assigned_member_id, t.reply_window_ends_at, t.version
  from api.conversation_thread as t
 where t.tenant_id = :tenantId!
   and t.channel_id = :channelId!
   and t.customer_id = :customerId!
   and t.status <> 'closed';

-- Changes what is given and keeps what is NULL. NOT_FOUND, VERSION_CONFLICT, FORBIDDEN.
/* @name updateThread :one */
update api.conversation_thread as t
   set priority = coalesce(:priority, t.priority),
       subject = coalesce(:subject, t.subject),
       language = coalesce(:language, t.language),
       tags = coalesce(:tags, t.tags),
       version = :expectedVersion!
 where t.tenant_id = :tenantId! and t.id = :threadId!
returning t.id, t.version;

-- Gives a thread to an active team member, or to nobody.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION for a closed thread.
/* @name assignThread :one */
select t.id, t.assigned_member_id, t.version
  from api.assign_thread(:threadId!, :expectedVersion!, :memberId) as t
 where t.tenant_id = :tenantId!;

-- Opens, resolves or closes a thread, or lets it wait for the customer (pending).
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name setThreadStatus :one */
select t.id, t.status, t.version
  from api.set_thread_status(:threadId!, :status!, :expectedVersion!) as t
 where t.tenant_id = :tenantId!;

-- Snoozes an open thread until a time within the coming year, or until its customer writes.
-- FORBIDDEN, NOT_FOUND, VERSION_CONFLICT, INVALID_TRANSITION, INVALID_INPUT.
/* @name snoozeThread :one */
select t.id, t.status, t.snoozed_until as "snoozed_until!", t.version
  from api.snooze_thread(:threadId!, :until!, :expectedVersion!) as t
 where t.tenant_id = :tenantId!;

-- Marks a thread as read by staff up to this message, or all of it. FORBIDDEN, NOT_FOUND.
/* @name markThreadRead :one */
select t.id, t.unread_count
  from api.mark_thread_read(:threadId!, :messageId) as t
 where t.tenant_id = :tenantId!;

-- Sets a thread to unread from this message of the customer on, or from the latest one. FORBIDDEN, NOT_FOUND.
/* @name markThreadUnread :one */
select t.id, t.unread_count
  from api.mark_thread_unread(:threadId!, :messageId) as t
 where t.tenant_id = :tenantId!;

-- As the shopper or visitor: marks one of their own threads of the shop's chat as read up to this message, or all of
-- it; returns how many messages are unread now. FORBIDDEN, NOT_FOUND.
/* @name markConversationRead :one */
select api.mark_conversation_read(:threadId!, :messageId) as "unread_count!";

-- As the visitor: makes a code for one use, with which a registered shopper takes over the conversations.
-- FORBIDDEN for a visitor who has not written, INVALID_INPUT.
-- @doc validForSeconds For how many seconds it is valid, 60 to 3600; 900 unless given.
/* @name createVisitorCode :one */
select c.code as "code!", c.expires_at as "expires_at!"
  from api.create_visitor_code(make_interval(secs => coalesce(:validForSeconds::integer, 900))) as c;

-- As the registered shopper: takes over the conversations of the visitor who made the code; returns how many.
-- FORBIDDEN, NOT_FOUND for a code that is unknown, used or expired.
-- @doc thread_count How many threads were taken over.
/* @name redeemVisitorCode :one */
select api.redeem_visitor_code(:code!) as "thread_count!";
