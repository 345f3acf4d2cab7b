create or replace function api.erase_message(p_message_id uuid)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: emptying messages, their former texts and their files
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('audit.redact');
  v_status text;
begin
  -- The thread is locked first, as in every transaction that writes messages.
  perform
     from commerce.conversation_thread as t
     join commerce.conversation_history as h
       on h.tenant_id = v_tenant_id and h.id = p_message_id and h.thread_id = t.id
    where t.tenant_id = v_tenant_id
      for no key update of t;
  select h.delivery_status
    into v_status
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.id = p_message_id;
  if not found then
    perform internal.refuse_missing('message_id');
  elsif v_status = 'queued' then
    perform internal.refuse_input('message_id', 'must be a message that does not wait to be sent');
  end if;
  perform internal.change_message(p_message_id, 'deletion', '', now(), '', 'merchant');
  return internal.message_view(p_message_id);
end
$$;

alter function api.erase_message(uuid) owner to commerce_definer;
grant execute on function api.erase_message(uuid) to commerce_member;
comment on function api.erase_message(uuid) is
  'Permanently empties a message of either side, for instance when a person asks for erasure: its text, former texts, metadata, files and places. That there was a message, when, and who erased it, stays. The provider, and the person''s own device, keep what they have. A repeat changes nothing. Needs audit.redact. SCPRM, SCNTF, SCVAL for a message that waits to be sent, which is cancelled first.
@param message_id The message.';
