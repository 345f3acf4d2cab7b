-- Events hold the notes and assignments of staff: no buyer sees them.
select internal.attach_tenant_table('commerce.conversation_event', p_is_append_only => true, p_is_audited => false);

create or replace trigger _800_live
  after insert on commerce.conversation_event
  for each row when (new.event_type like 'message%' and new.event_type <> 'message_received')
  execute function internal.tg__live('message_changes');

create policy select_member on commerce.conversation_event for select to commerce_member
  using ((select internal.has_permission('conversations.read')));

select internal.grant_select('api.conversation_event');
