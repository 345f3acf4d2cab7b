-- Messages are written by functions only; of their own messages a buyer or visitor sees what the channel showed.
select internal.attach_tenant_table('commerce.conversation_history', p_is_audited => false);

create or replace trigger _000_never_deleted
  before delete on commerce.conversation_history
  for each row execute function internal.tg__append_only();

create or replace trigger _000_never_truncated
  before truncate on commerce.conversation_history
  for each statement execute function internal.tg__append_only();

create or replace trigger _010_arrival
  before insert on commerce.conversation_history
  for each row execute function internal.tg_conversation_history__arrival();

-- What was said stays, but for what its sender does: an edit changes the text, a deletion empties it, once and
-- as a whole. A message that is sent gets its provider's id, and loses it when it failed
-- and is sent again; what it answers may come later, and so may what a placeholder stands for. Channel and customer
-- follow the thread by foreign key when customers are merged.
create or replace trigger _020_content
  before update on commerce.conversation_history
  for each row
  when (
    row(
      old.thread_id, old.identity_id, old.sender_user_id, old.arrival, old.is_silent, old.occurred_at, old.direction,
      old.sender_type, old.reply_to_external_id, old.author_external_id, old.author_name,
      old.idempotency_key, old.template_name, old.language, old.created_at
    ) is distinct from row(
      new.thread_id, new.identity_id, new.sender_user_id, new.arrival, new.is_silent, new.occurred_at, new.direction,
      new.sender_type, new.reply_to_external_id, new.author_external_id, new.author_name,
      new.idempotency_key, new.template_name, new.language, new.created_at
    )
    or old.message_type is distinct from new.message_type and old.message_type <> 'unsupported'
    or old.reply_to_id is distinct from new.reply_to_id and old.reply_to_id is not null
    or old.order_id is distinct from new.order_id and old.order_id is not null
    or old.external_message_id is distinct from new.external_message_id
      and old.external_message_id is not null
      and not (old.delivery_status = 'failed' and new.delivery_status = 'queued' and new.external_message_id is null)
    or old.withdrawn_at <> coalesce(new.withdrawn_at, '-infinity')
    or old.edited_at > coalesce(new.edited_at, '-infinity')
    or row(old.message, old.metadata) is distinct from row(new.message, new.metadata)
      and not (old.message_type = 'unsupported' and new.message_type <> 'unsupported')
      and not (old.withdrawn_at is null and new.withdrawn_at is not null)
      and not (
        old.metadata = new.metadata
        and old.withdrawn_at is null
        and new.edited_at is not null
      )
  )
  execute function internal.tg__append_only();

create or replace trigger _300_transition_delivery_status
  before update of
    delivery_status, sent_at, delivered_at, read_at, failed_at, error_code, error_message
  on commerce.conversation_history
  for each row execute function internal.tg_conversation_history__delivery();

create or replace trigger _500_thread
  after insert on commerce.conversation_history
  referencing new table as new_rows
  for each statement execute function internal.tg_conversation_history__thread();

-- What we were asked to send; what a phone or a provider tells us has gone out already.
create or replace trigger _800_monthly_limit
  after insert on commerce.conversation_history
  for each row when (new.direction = 'outbound' and new.idempotency_key is not null)
  execute function internal.tg__monthly_limit(
    'messages_per_month', 'messages',
    'direction = ''outbound'' and idempotency_key is not null and occurred_at >= $2');

create or replace trigger _800_live
  after insert on commerce.conversation_history
  for each row execute function internal.tg__live('messages');

create policy select_member on commerce.conversation_history for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy select_buyer on commerce.conversation_history for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

create policy select_anonymous on commerce.conversation_history for select to commerce_anonymous
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- api.search_messages reads as this role and states the tenant itself: under the tenant policy its
-- full-text operator, which is not leakproof, could not use an index. Machines find a message's tenant.
create policy select_system on commerce.conversation_history for select to commerce_system
  using (true);

select internal.grant_select('api.conversation_history');
select internal.grant_select('api.conversation_history', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, thread_id, channel_id, customer_id, reply_to_id, order_id, arrival, occurred_at, sent_at,
  delivered_at, read_at, edited_at, withdrawn_at, message, direction, message_type, sender_type, delivery_status,
  language, created_at
}');
grant select (
  id, tenant_id, thread_id, channel_id, customer_id, arrival, occurred_at, message, direction, message_type,
  sender_type, delivery_status, search_vector, created_at
) on commerce.conversation_history to commerce_system;
