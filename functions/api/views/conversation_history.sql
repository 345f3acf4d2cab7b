create or replace view api.conversation_history
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.thread_id,
       t.channel_id,
       t.customer_id,
       t.identity_id,
       t.sender_user_id,
       t.reply_to_id,
       t.order_id,
       t.arrival,
       t.is_silent,
       t.occurred_at,
       t.sent_at,
       t.delivered_at,
       t.read_at,
       t.failed_at,
       t.edited_at,
       t.withdrawn_at,
       t.message,
       t.direction,
       t.message_type,
       t.sender_type,
       t.delivery_status,
       t.external_message_id,
       t.reply_to_external_id,
       t.author_external_id,
       t.author_name,
       t.error_code,
       t.error_message,
       t.template_name,
       t.language,
       t.metadata,
       t.created_at
  from commerce.conversation_history as t;

select internal.copy_comments('api.conversation_history', 'commerce.conversation_history', '@name message');
comment on column api.conversation_history.reply_to_id is 'The message that it answers.
@listName replies';
comment on column api.conversation_history.message is 'The text, at most 64 KiB; of media the caption; empty where there is none.
@name text';
