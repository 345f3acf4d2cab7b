create or replace function internal.refresh_first_response(p_message_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  update commerce.conversation_thread as t
     set first_response_at = case
           when h.delivery_status in ('sent', 'delivered', 'read') then least(t.first_response_at, h.occurred_at)
           else (
             select min(a.occurred_at)
               from commerce.conversation_history as a
              where a.tenant_id = internal.tenant_id()
                and a.thread_id = t.id
                and a.sender_type in ('merchant', 'bot')
                and a.delivery_status in ('sent', 'delivered', 'read')
                and not a.is_silent
                and a.occurred_at >= q.first_question_at
           )
         end
    from commerce.conversation_history as h
   cross join lateral (
     select min(i.occurred_at) as first_question_at
       from commerce.conversation_history as i
      where i.tenant_id = internal.tenant_id()
        and i.thread_id = h.thread_id
        and i.direction = 'inbound'
        and not i.is_silent
   ) as q
   where h.tenant_id = internal.tenant_id()
     and h.id = p_message_id
     and t.tenant_id = internal.tenant_id()
     and t.id = h.thread_id
     and h.sender_type in ('merchant', 'bot')
     and h.occurred_at >= q.first_question_at
     -- A message that was sent may be the first; a message that was not sent may have been counted.
     and case
       when h.delivery_status in ('sent', 'delivered', 'read')
         then coalesce(h.occurred_at < t.first_response_at, true)
       else h.occurred_at = t.first_response_at
     end
$$;

grant execute on function internal.refresh_first_response(uuid) to commerce_definer;
comment on function internal.refresh_first_response(uuid) is
  'Keeps the first answer of a thread, which is a message that was sent: counts this message, or no longer counts it when it failed.';
