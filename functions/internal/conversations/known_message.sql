create or replace function internal.known_message(p_channel_id uuid, p_external_message_id text)
  returns commerce.conversation_history
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_message commerce.conversation_history;
begin
  select h.*
    into v_message
    from commerce.conversation_history as h
   where h.tenant_id = internal.tenant_id()
     and h.channel_id = p_channel_id
     and h.external_message_id = p_external_message_id;
  return v_message;
end
$$;

grant execute on function internal.known_message(uuid, text) to commerce_definer;
comment on function internal.known_message(uuid, text) is
  'The message of a channel that a provider knows by this id; NULL when it is not stored.';
