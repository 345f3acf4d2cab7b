-- Undo: select internal.detach_policies('commerce.conversation_event');
-- Events hold the notes and assignments of staff: no buyer sees them.
select internal.attach_tenant_policies('commerce.conversation_event');

create policy select_member on commerce.conversation_event for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

grant select (
  id, tenant_id, conversation_id, thread_id, actor_user_id, product_id, order_id, occurred_at,
  event_type, external_event_id, metadata, created_at
) on commerce.conversation_event, api.conversation_event to commerce_member, commerce_worker, commerce_platform;
grant select, insert on commerce.conversation_event to commerce_definer;
grant select on api.conversation_event to commerce_definer;
