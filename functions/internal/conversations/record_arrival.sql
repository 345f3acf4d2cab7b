create or replace function internal.record_arrival(
  p_message_id uuid,
  p_thread commerce.conversation_thread,
  p_is_new_thread boolean,
  p_is_blocked boolean
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
  select h.tenant_id, h.thread_id, h.id, e.event_type, e.metadata
    from commerce.conversation_history as h
   cross join lateral (values
     (1, p_is_new_thread, 'conversation_started', '{}'::jsonb),
     (2, not h.is_silent and h.direction = 'inbound' and p_thread.status <> 'open', 'conversation_reopened',
       jsonb_build_object('from', p_thread.status)),
     (3, true, case h.direction when 'inbound' then 'message_received' else 'message_sent' end, '{}')
   ) as e (position, happened, event_type, metadata)
   where h.tenant_id = p_thread.tenant_id and h.id = p_message_id and e.happened
   order by e.position;
  if p_is_blocked and p_thread.status <> 'closed' then
    perform internal.close_thread(p_thread);
  end if;
end
$$;

grant execute on function internal.record_arrival(uuid, commerce.conversation_thread, boolean, boolean) to commerce_definer;
comment on function internal.record_arrival(uuid, commerce.conversation_thread, boolean, boolean) is
  'Writes the events of a message that was just stored, and closes the thread of a blocked customer. The thread is given as it was before the message.';
