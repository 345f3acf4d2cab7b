create or replace function internal.add_message_event(
  p_message_id uuid,
  p_event_type text,
  p_occurred_at timestamptz default now(),
  p_metadata jsonb default '{}'
)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, occurred_at, event_type, metadata)
  select h.tenant_id, h.thread_id, h.id, p_occurred_at, p_event_type, p_metadata
    from commerce.conversation_history as h
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id
$$;

grant execute on function internal.add_message_event(uuid, text, timestamptz, jsonb) to commerce_definer;
comment on function internal.add_message_event(uuid, text, timestamptz, jsonb) is
  'Adds an event of one message.';
