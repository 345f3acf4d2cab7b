create or replace view api.conversation_event
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.conversation_id,
       t.thread_id,
       t.actor_user_id,
       t.product_id,
       t.order_id,
       t.occurred_at,
       t.event_type,
       t.external_event_id,
       t.metadata,
       t.created_at
  from commerce.conversation_event as t;

select internal.copy_comments('api.conversation_event', 'commerce.conversation_event');
comment on column api.conversation_event.conversation_id is 'The message that it is about; an event of the whole thread names the latest message.
@name message_id';
