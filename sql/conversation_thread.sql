-- Threads of one status, latest message first, in pages: pass the last row's cursor to go on.
/* @name listInbox */
select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.unread_count,
       t.last_message_at, t.reply_window_ends_at, t.version, t.id || ' ' || t.last_message_at as "cursor!"
  from api.conversation_thread as t
 where t.tenant_id = :tenantId!
   and t.status = :status!
   and (:after::text is null
     or (t.last_message_at, t.id) < (substr(:after, 38)::timestamptz, left(:after, 36)::uuid))
 order by t.last_message_at desc, t.id desc
 limit :first!;

-- Open, pending, snoozed or resolved threads of one team member, latest message first.
/* @name listAssignedThreads */
select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.subject, t.unread_count, t.last_message_at,
       t.reply_window_ends_at, t.version
  from api.conversation_thread as t
 where t.tenant_id = :tenantId! and t.assigned_member_id = :memberId! and t.status <> 'closed'
 order by t.last_message_at desc, t.id desc
 limit :first!;

-- One thread, or no row.
/* @name getThread */
select t.id, t.channel_id, t.customer_id, t.status, t.priority, t.assigned_member_id, t.subject, t.tags, t.language,
       t.unread_count, t.last_message_at, t.reply_window_ends_at, t.version, t.created_at
  from api.conversation_thread as t
 where t.tenant_id = :tenantId! and t.id = :threadId!;
