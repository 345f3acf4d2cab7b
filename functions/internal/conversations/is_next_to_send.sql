create or replace function internal.is_next_to_send(p_message commerce.conversation_history)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select not exists (
    select
      from commerce.conversation_history as e
     where e.tenant_id = internal.tenant_id()
       and e.thread_id = p_message.thread_id
       and e.delivery_status = 'queued'
       and e.arrival < p_message.arrival
  )
  and not exists (
    select
      from internal.message_claim as k
     where k.tenant_id = internal.tenant_id() and k.message_id = p_message.id and k.expires_at > now()
  )
$$;

grant execute on function internal.is_next_to_send(commerce.conversation_history) to commerce_definer;
comment on function internal.is_next_to_send(commerce.conversation_history) is
  'Whether a message that waits is the first of its thread, and no sender has it.';
