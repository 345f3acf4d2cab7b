create or replace view api.conversation_thread
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.channel_id,
       t.customer_id,
       t.assigned_member_id,
       t.unread_count,
       t.customer_unread_count,
       t.last_message_at,
       t.last_inbound_at,
       t.reply_window_ends_at,
       t.first_response_at,
       t.snoozed_until,
       t.closed_at,
       t.status,
       t.priority,
       t.subject,
       t.language,
       t.tags,
       t.version,
       t.created_at,
       t.updated_at,
       t.status <> 'closed' as is_open
  from commerce.conversation_thread as t;

select internal.copy_comments('api.conversation_thread', 'commerce.conversation_thread');
comment on column api.conversation_thread.is_open is 'Whether it is in the inbox: not closed.
@notNull
@behavior +filterBy -orderBy';
