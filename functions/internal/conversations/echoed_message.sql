-- Some providers report every message of the account, also those of this queue, and may do so before the sender has
-- reported the message's id (internal.mark_sent).
create or replace function internal.echoed_message(p_thread_id uuid, p_message_type text, p_message text)
  returns uuid
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select h.id
    from commerce.conversation_history as h
    join internal.message_claim as k on k.tenant_id = internal.tenant_id() and k.message_id = h.id
   where h.tenant_id = internal.tenant_id()
     and h.thread_id = p_thread_id
     and h.delivery_status = 'queued'
     and h.message_type = p_message_type
     and h.message = p_message
   order by h.arrival
   limit 1
$$;

grant execute on function internal.echoed_message(uuid, text, text) to commerce_definer;
comment on function internal.echoed_message(uuid, text, text) is
  'The message of the queue that is being sent and that a provider''s echo is of; NULL: the echo is of something else.';
