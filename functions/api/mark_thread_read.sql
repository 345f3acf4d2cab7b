create or replace function api.mark_thread_read(p_thread_id uuid, p_message_id uuid default null)
  returns api.conversation_thread
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's counter
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_thread commerce.conversation_thread;
  v_read commerce.conversation_history;
  v_unread_count integer;
begin
  -- A message that arrives now waits for this lock, and counts as unread.
  select t.*
    into v_thread
    from commerce.conversation_thread as t
   where t.tenant_id = v_tenant_id and t.id = p_thread_id
     for no key update;
  if not found then
    perform internal.refuse_missing('thread_id');
  end if;
  perform internal.hold_back_service(v_thread);
  select h.*
    into v_read
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id
     and h.thread_id = p_thread_id
     and (h.id = p_message_id or p_message_id is null)
   -- It goes by arrival: a message that comes in later is unread, whatever its time.
   order by h.arrival desc
   limit 1;
  if p_message_id is not null and not found then
    perform internal.refuse_missing('message_id');
  end if;

  select count(*)
    into v_unread_count
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id
     and h.thread_id = p_thread_id
     and h.direction = 'inbound'
     and not h.is_silent
     and h.arrival > v_read.arrival;
  if v_unread_count < v_thread.unread_count then
    update commerce.conversation_thread as t
       set unread_count = v_unread_count
     where t.tenant_id = v_tenant_id and t.id = p_thread_id;
    insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
    values (
      v_tenant_id, p_thread_id, v_read.id, 'message_read',
      jsonb_build_object('count', v_thread.unread_count - v_unread_count)
    );
  end if;
  return internal.thread_view(p_thread_id);
end
$$;

alter function api.mark_thread_read(uuid, uuid) owner to commerce_definer;
grant execute on function api.mark_thread_read(uuid, uuid) to commerce_member, commerce_worker;
comment on function api.mark_thread_read(uuid, uuid) is
  'Records that staff have read a thread up to this message, or all of it; messages of the customer that came in later stay unread, whatever their time. Leaves the version as it is. Needs conversations.reply. SCPRM also for a service where a person answers, SCNTF.
@param message_id The last message that was read; without one, the latest.';
