create or replace view api.order_channel_meta
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.channel_id,
       t.conversation_history_id,
       t.channel_type,
       t.external_order_id,
       t.channel_data,
       t.created_at,
       t.updated_at
  from commerce.order_channel_meta as t;

select internal.copy_comments('api.order_channel_meta', 'commerce.order_channel_meta', '@name order_channel_detail');
comment on column api.order_channel_meta.conversation_history_id is 'The message that led to the order.
@name message_id';
