-- A provider may report a message first as one that it cannot show, and its content later: the files of imported history
-- come like this.
create or replace function internal.complete_message(
  p_message_id uuid,
  p_message_type text,
  p_message text,
  p_metadata jsonb,
  p_attachments jsonb
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  update commerce.conversation_history as h
     set message_type = p_message_type,
         message = case when h.edited_at is null then p_message else h.message end,
         metadata = p_metadata
   where h.tenant_id = internal.tenant_id()
     and h.id = p_message_id
     and h.message_type = 'unsupported'
     and p_message_type <> 'unsupported'
     and h.withdrawn_at is null;
  if found then
    perform internal.add_attachments(p_message_id, internal.granted_attachments(p_attachments));
    perform internal.add_message_event(p_message_id, 'message_completed');
  end if;
end
$$;

grant execute on function internal.complete_message(uuid, text, text, jsonb, jsonb) to commerce_definer;
comment on function internal.complete_message(uuid, text, text, jsonb, jsonb) is
  'Gives a message that was stored as unsupported the content that came later; any other message stays as it is.';
