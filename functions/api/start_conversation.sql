create or replace function api.start_conversation(
  p_idempotency_key text,
  p_message text default '',
  p_channel_id uuid default null,
  p_order_id uuid default null,
  p_attachments jsonb default '[]'
)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: opening the shopper's own thread and writing in it
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_customer_id uuid := internal.writing_customer();
  v_operation text := concat_ws(' ', 'start_conversation', v_customer_id);
  v_is_blocked boolean;
  v_channel_id uuid;
  v_live record;
  v_message_id uuid;
begin
  v_message_id := (internal.begin_idempotent(
    v_operation, p_idempotency_key,
    jsonb_build_array(p_message, p_channel_id, p_order_id, p_attachments)) ->> 'message_id')::uuid;
  if v_message_id is not null then
    return internal.own_message_view(v_message_id);
  end if;

  select c.id
    into v_channel_id
    from commerce.channel as c
   where c.tenant_id = v_tenant_id
     and c.channel_type in ('web_chat', 'storefront')
     and c.is_active
     and not c.is_deleted
     and (c.id = p_channel_id or p_channel_id is null)
   order by c.channel_type = 'web_chat' desc, c.id
   limit 1;
  if not found then
    perform internal.refuse_missing('channel_id');
  end if;
  select c.is_blocked
    into strict v_is_blocked
    from commerce.customer as c
   where c.tenant_id = v_tenant_id and c.id = v_customer_id
     for key share;
  v_live := internal.thread_for_message(v_channel_id, v_customer_id, v_is_blocked);
  v_message_id := internal.write_as_customer(
    v_live.thread, v_live.is_new, v_is_blocked, p_message, p_attachments, null, p_order_id);
  perform internal.finish_idempotent(
    v_operation, p_idempotency_key, jsonb_build_object('message_id', v_message_id));
  return internal.own_message_view(v_message_id);
end
$$;

alter function api.start_conversation(text, text, uuid, uuid, jsonb) owner to commerce_definer;
grant execute on function api.start_conversation(text, text, uuid, uuid, jsonb) to commerce_buyer, commerce_anonymous;
comment on function api.start_conversation(text, text, uuid, uuid, jsonb) is
  'Sends a message of a shopper, or of a visitor with a token of their own, to the shop in its chat: in their own thread that is not closed or, where there is none, in a new one. Returns the message; send_message adds more messages to its thread. A repeat with the same key returns the first message. SCPRM for a shopper who is not registered or is banned and a visitor without a subject, SCIDM, SCNTF also where the shop has no such chat and for a storage_key that is not the caller''s, SCVAL.
@param message {conversation_history.message}
@param channel_id The chat; without it, the shop''s first chat.
@param order_id The caller''s own order that it is about.
@param attachments {message_attachment[]: storage_key caption latitude longitude file_name} Files and places, at most 10, each with storage_key, one that request_upload gave the caller, or with latitude, longitude and file_name, and each with an optional caption.';
