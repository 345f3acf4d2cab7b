create or replace function api.send_message(
  p_thread_id uuid,
  p_idempotency_key text,
  p_message text default '',
  p_reply_to_id uuid default null,
  p_order_id uuid default null,
  p_attachments jsonb default '[]'
)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: writing in the shopper's own thread
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := internal.own_thread_for_update(p_thread_id);
  v_operation text := concat_ws(' ', 'send_message', v_thread.customer_id);
  v_is_blocked boolean;
  v_message_id uuid;
begin
  v_message_id := (internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_thread_id, p_message, p_reply_to_id, p_order_id, p_attachments)) ->> 'message_id')::uuid;
  if v_message_id is not null then
    return internal.own_message_view(v_message_id);
  end if;

  select c.is_blocked
    into strict v_is_blocked
    from commerce.customer as c
   where c.tenant_id = v_thread.tenant_id and c.id = v_thread.customer_id;
  if v_thread.status = 'closed' and not v_is_blocked then
    raise exception using
      errcode = 'SCTRN',
      message = 'the conversation is closed',
      detail = json_build_object('machine', 'conversation_thread.status', 'from', 'closed', 'to', 'open')::text,
      hint = 'Call start_conversation.';
  elsif not exists (
    select
      from commerce.channel as c
     where c.tenant_id = v_thread.tenant_id and c.id = v_thread.channel_id and c.is_active and not c.is_deleted
  ) then
    perform internal.refuse_input('thread_id', 'must be a thread of a chat that is open');
  end if;
  v_message_id := internal.write_as_customer(
    v_thread, false, v_is_blocked, p_message, p_attachments, p_reply_to_id, p_order_id);
  perform internal.finish_idempotent(
    v_operation, p_idempotency_key, jsonb_build_object('message_id', v_message_id));
  return internal.own_message_view(v_message_id);
end
$$;

alter function api.send_message(uuid, text, text, uuid, uuid, jsonb) owner to commerce_definer;
grant execute on function api.send_message(uuid, text, text, uuid, uuid, jsonb) to commerce_buyer, commerce_anonymous;
comment on function api.send_message(uuid, text, text, uuid, uuid, jsonb) is
  'Sends a message of a shopper or visitor in their own thread of the shop''s chat; the thread then waits for an answer again. A repeat with the same key returns the first message. SCPRM, SCTRN for a closed thread (start_conversation begins another), SCIDM, SCNTF also for a storage_key that is not the caller''s, SCVAL.
@param message {conversation_history.message}
@param reply_to_id The message of the thread that it answers.
@param order_id The caller''s own order that it is about.
@param attachments {message_attachment[]: storage_key caption latitude longitude file_name} Files and places, at most 10, each with storage_key, one that request_upload gave the caller, or with latitude, longitude and file_name, and each with an optional caption.';
