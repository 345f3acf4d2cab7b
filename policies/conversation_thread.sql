-- Threads are opened by messages; status and assignment move by functions, which leave an event.
select internal.attach_tenant_table('commerce.conversation_thread');
select internal.attach_state_machine('commerce.conversation_thread', 'status');

-- A thread that only holds what opens none (imported history, notices) was closed from its beginning; the first message
-- that opens a thread opens it.
create or replace trigger _300_transition_status
  before update of status on commerce.conversation_thread
  for each row when (old.status <> new.status and (old.closed_at = old.created_at) is not true)
  execute function internal.tg__state_transition('status');

create or replace trigger _500_tags
  after update of tags on commerce.conversation_thread
  for each row when (old.tags is distinct from new.tags)
  execute function internal.tg_conversation_thread__tags();

create policy select_member on commerce.conversation_thread for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

create policy update_member on commerce.conversation_thread for update to commerce_member
  using ((select internal.must_have('conversations.reply')))
  with check ((select internal.must_have('conversations.reply')));

create policy select_buyer on commerce.conversation_thread for select to commerce_buyer
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

create policy select_anonymous on commerce.conversation_thread for select to commerce_anonymous
  using (
    (select internal.gate(internal.customer_id()))[customer_hash]
    and customer_id = (select internal.customer_id())
  );

-- internal.tenants_with_work looks into every tenant, and returns ids only.
create policy select_system on commerce.conversation_thread for select to commerce_system
  using (true);

select internal.grant_select('api.conversation_thread');
select internal.grant_select('api.conversation_thread', '{commerce_buyer, commerce_anonymous}', '{
  id, tenant_id, channel_id, customer_id, customer_unread_count, last_message_at, reply_window_ends_at, closed_at, status,
  language, created_at, updated_at, is_open
}');
grant update (
  priority, subject, language, tags, version
) on commerce.conversation_thread, api.conversation_thread to commerce_member;
grant select (tenant_id, status, snoozed_until) on commerce.conversation_thread to commerce_system;

grant select on api.conversation_inbox to commerce_member, commerce_worker, commerce_platform;
