create or replace function api.mark_conversation_read(p_thread_id uuid, p_message_id uuid default null)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's counter and what was read
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := internal.own_thread_for_update(p_thread_id);
  v_read commerce.conversation_history;
  v_unread_count integer;
begin
  select h.*
    into v_read
    from commerce.conversation_history as h
   where h.tenant_id = v_thread.tenant_id
     and h.thread_id = v_thread.id
     and (h.id = p_message_id or p_message_id is null)
   -- It goes by arrival, as in mark_thread_read.
   order by h.arrival desc
   limit 1;
  if not found then
    perform internal.refuse_missing('message_id');
  end if;

  perform internal.apply_receipt(u.id, 'read', now())
     from (
       select h.id
         from commerce.conversation_history as h
        where h.tenant_id = v_thread.tenant_id
          and h.thread_id = v_thread.id
          and h.delivery_status in ('sent', 'delivered')
          and h.arrival <= v_read.arrival
        order by h.arrival
     ) as u;
  select count(*)
    into v_unread_count
    from commerce.conversation_history as h
   where h.tenant_id = v_thread.tenant_id
     and h.thread_id = v_thread.id
     and h.delivery_status in ('sent', 'delivered')
     and not h.is_silent;
  update commerce.conversation_thread as t
     set customer_unread_count = v_unread_count
   where t.tenant_id = v_thread.tenant_id
     and t.id = v_thread.id
     and t.customer_unread_count <> v_unread_count;
  return v_unread_count;
end
$$;

alter function api.mark_conversation_read(uuid, uuid) owner to commerce_definer;
grant execute on function api.mark_conversation_read(uuid, uuid) to commerce_buyer, commerce_anonymous;
comment on function api.mark_conversation_read(uuid, uuid) is
  'Records that the shopper or visitor has read their own thread of the shop''s chat up to this message, or all of it. Messages of the shop up to then count as read; later messages stay unread. Returns how many messages are unread. SCPRM, SCNTF.
@param message_id The last message that was read; without one, the latest.';
