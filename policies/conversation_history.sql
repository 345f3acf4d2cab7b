-- Undo: select internal.detach_policies('commerce.conversation_history');
-- Messages are written by functions only; of the own ones a buyer sees what the channel showed.
select internal.attach_tenant_policies('commerce.conversation_history');

create policy select_member on commerce.conversation_history for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy select_buyer on commerce.conversation_history for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- api.search_messages reads as this role and states the tenant itself: under the tenant policy its
-- full-text operator, which is not leakproof, could not use an index. Machines find a message's tenant.
create policy select_system on commerce.conversation_history for select to commerce_system
  using (true);

-- A view asks its reader for every column that it names, so the right on the table is as wide as the
-- view. What a shopper sees is the right on the view: nobody can name the table.
grant select (
  id, tenant_id, thread_id, channel_id, customer_id, sender_user_id, reply_to_id, order_id,
  occurred_at, sent_at, delivered_at, read_at, failed_at, redacted_at, message, direction,
  message_type, sender_type, delivery_status, external_message_id, error_code, error_message,
  template_name, language, metadata, created_at
) on commerce.conversation_history to commerce_member, commerce_buyer, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, thread_id, channel_id, customer_id, sender_user_id, reply_to_id, order_id,
  occurred_at, sent_at, delivered_at, read_at, failed_at, redacted_at, message, direction,
  message_type, sender_type, delivery_status, external_message_id, error_code, error_message,
  template_name, language, metadata, created_at
) on api.conversation_history to commerce_member, commerce_worker, commerce_platform;
grant select (
  id, tenant_id, thread_id, channel_id, customer_id, reply_to_id, order_id, occurred_at, sent_at,
  delivered_at, read_at, redacted_at, message, direction, message_type, sender_type,
  delivery_status, language, created_at
) on api.conversation_history to commerce_buyer;
grant select, insert, update on commerce.conversation_history to commerce_definer;
grant select on api.conversation_history to commerce_definer;
grant select (
  id, tenant_id, thread_id, channel_id, customer_id, occurred_at, message, direction, message_type,
  sender_type, delivery_status, search_vector, created_at
) on commerce.conversation_history to commerce_system;
