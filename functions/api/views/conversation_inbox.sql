-- Requires: functions/api/views/orders_open.sql
-- Read it by status (or assigned_member_id), last_message_at descending, a page at a time: the index
-- gives the threads in this order, and everything else is looked up for the rows of the page only.
-- Computed columns are therefore in the select list, because a lateral join would run before a sort.
create or replace view api.conversation_inbox
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.channel_id,
       (
         select c.channel_type
           from commerce.channel as c
          where c.tenant_id = t.tenant_id and c.id = t.channel_id
       ) as channel_type,
       t.customer_id,
       (
         select c.display_name
           from commerce.customer as c
          where c.tenant_id = t.tenant_id and c.id = t.customer_id
       ) as customer_name,
       t.status,
       t.priority,
       t.subject,
       t.tags,
       t.assigned_member_id,
       (
         select u.display_name
           from commerce.team_members as m
           join commerce.users as u on u.tenant_id = m.tenant_id and u.id = m.user_id
          where m.tenant_id = t.tenant_id and m.id = t.assigned_member_id
       ) as assignee_name,
       t.last_message_at,
       (
         select h.id
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message_id,
       (
         select left(h.message, 200)
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message,
       (
         select h.direction
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message_direction,
       (
         select h.message_type
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message_type,
       (
         select h.sender_type
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message_sender_type,
       (
         select h.delivery_status
           from commerce.conversation_history as h
          where h.tenant_id = t.tenant_id and h.thread_id = t.id
          order by h.occurred_at desc, h.id desc
          limit 1
       ) as last_message_status,
       t.unread_count,
       t.reply_window_ends_at,
       t.snoozed_until,
       (
         select count(*)
           from api.orders_open as o
          where o.tenant_id = t.tenant_id and o.customer_id = t.customer_id
       ) as open_order_count,
       t.created_at,
       t.updated_at,
       t.version
  from commerce.conversation_thread as t
 where t.status <> 'closed';

select internal.copy_comments('api.conversation_inbox', 'commerce.conversation_thread');
comment on view api.conversation_inbox is 'The threads that are not closed, each with its customer, assignee, last message and number of open orders.
@behavior -*';
comment on column api.conversation_inbox.channel_type is 'Kind of channel in which it takes place.';
comment on column api.conversation_inbox.customer_name is 'Name of the customer.';
comment on column api.conversation_inbox.assignee_name is 'Name of the team member who answers.';
comment on column api.conversation_inbox.last_message_id is 'The latest message.';
comment on column api.conversation_inbox.last_message is 'The first 200 characters of the latest message.';
comment on column api.conversation_inbox.last_message_direction is 'Which side wrote the latest message.';
comment on column api.conversation_inbox.last_message_type is 'What kind of message the latest one is.';
comment on column api.conversation_inbox.last_message_sender_type is 'Who wrote the latest message.';
comment on column api.conversation_inbox.last_message_status is 'Delivery status of the latest message.';
comment on column api.conversation_inbox.open_order_count is 'Open orders of the customer.
@notNull';
