create or replace function api.mark_thread_unread(p_thread_id uuid, p_message_id uuid default null)
  returns api.conversation_thread
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's counter
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_thread commerce.conversation_thread;
  v_arrival integer;
begin
  select t.*
    into v_thread
    from commerce.conversation_thread as t
   where t.tenant_id = v_tenant_id and t.id = p_thread_id
     for no key update;
  if not found then
    perform internal.refuse_missing('thread_id');
  end if;
  perform internal.hold_back_service(v_thread);
  select max(h.arrival)
    into v_arrival
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id
     and h.thread_id = p_thread_id
     and h.direction = 'inbound'
     and not h.is_silent
     and (h.id = p_message_id or p_message_id is null);
  if v_arrival is null then
    perform internal.refuse_missing('message_id');
  end if;

  update commerce.conversation_thread as t
     set unread_count = (
           select count(*)
             from commerce.conversation_history as h
            where h.tenant_id = v_tenant_id
              and h.thread_id = p_thread_id
              and h.direction = 'inbound'
              and not h.is_silent
              and h.arrival >= v_arrival
         )
   where t.tenant_id = v_tenant_id and t.id = p_thread_id;
  return internal.thread_view(p_thread_id);
end
$$;

alter function api.mark_thread_unread(uuid, uuid) owner to commerce_definer;
grant execute on function api.mark_thread_unread(uuid, uuid) to commerce_member, commerce_worker;
comment on function api.mark_thread_unread(uuid, uuid) is
  'Sets a thread to unread from this message of the customer on, or from the latest one. Leaves the version as it is. Needs conversations.reply. SCPRM also for a service where a person answers, SCNTF.
@param message_id The first message of the customer that is to be unread; without one, the latest.';
