create or replace function internal.add_thread_event(
  p_thread_id uuid,
  p_event_type text,
  p_metadata jsonb default '{}'
)
  returns uuid
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
  select h.tenant_id, h.thread_id, h.id, p_event_type, p_metadata
    from commerce.conversation_history as h
   where h.tenant_id = internal.tenant_id() and h.thread_id = p_thread_id
   order by h.occurred_at desc, h.id desc
   limit 1
  returning id
$$;

grant execute on function internal.add_thread_event(uuid, text, jsonb) to commerce_definer;
comment on function internal.add_thread_event(uuid, text, jsonb) is
  'Adds an event of a whole thread, which names the latest message, and returns its id.';
