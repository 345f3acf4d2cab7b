create or replace function api.queue_message(
  p_thread_id uuid,
  p_idempotency_key text,
  p_message text default '',
  p_template_name text default null,
  p_language text default null,
  p_reply_to_id uuid default null,
  p_message_type text default null,
  p_metadata jsonb default '{}',
  p_attachments jsonb default '[]',
  p_order_id uuid default null
)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: writing messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_message_type text;
  v_message_id uuid;
begin
  perform internal.require_permission('conversations.reply');
  v_message_type := internal.require_outgoing(
    p_message, p_template_name, p_language, p_message_type, p_metadata, p_attachments);
  v_message_id := (internal.begin_idempotent(
    'queue_message', p_idempotency_key,
    jsonb_build_array(p_thread_id, p_message, p_template_name, p_language, p_reply_to_id, p_message_type,
      p_metadata, p_attachments, p_order_id)) ->> 'message_id')::uuid;
  if v_message_id is null then
    v_message_id := internal.enqueue_message(
      p_thread_id, p_idempotency_key, p_message, v_message_type, p_template_name, p_language, p_reply_to_id,
      p_metadata, p_attachments, p_order_id);
    perform internal.finish_idempotent(
      'queue_message', p_idempotency_key, jsonb_build_object('message_id', v_message_id));
  end if;
  return internal.message_view(v_message_id);
end
$$;

alter function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb, jsonb, uuid)
  owner to commerce_definer;
grant execute on function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb, jsonb, uuid)
  to commerce_member, commerce_worker;
comment on function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb, jsonb, uuid) is
  'Queues a message to the customer of a thread: a text of at most 64 KiB, a template by its name, media by its attachments, or buttons in metadata, with their message_type. It goes to the person who wrote the message that it answers, otherwise to the id under which the customer last wrote; this recipient does not change later. A template must be approved; its language is the one that is asked for, otherwise the customer''s, otherwise the merchant''s. reply_to_id names a message of the same thread, and order_id an order of the customer. The template''s variables are in metadata.variables: a list, or an object by name, with as many values and with the names that the template has. attachments has the form that receive_message takes. In the shop''s own chat, the message is sent at once. A repeat with the same key returns the first message. Needs conversations.reply. SCWIN outside the channel''s reply window without a template, SCPRM also for a blocked customer, and for a service where a person answers, SCTRN for a closed thread, SCLIM for more messages in a month than the plan allows, SCIDM, SCDUP, SCNTF, SCVAL with the field.
@param message_type {conversation_history.message_type}
@param message {conversation_history.message}
@param attachments {message_attachment[]: file_type! url storage_key external_media_id mime_type file_name caption size_bytes latitude longitude} Files and places, at most 30, each with url, storage_key, which request_upload gave the caller, or external_media_id, or with latitude and longitude.
@param order_id The order that it is about.';
