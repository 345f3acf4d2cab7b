create or replace function api.begin_conversation(
  p_customer_id uuid,
  p_channel_id uuid,
  p_idempotency_key text,
  p_template_name text default null,
  p_language text default null,
  p_message text default '',
  p_metadata jsonb default '{}',
  p_attachments jsonb default '[]',
  p_order_id uuid default null
)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: opening threads and writing messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_message_type text := internal.require_outgoing(
    p_message, p_template_name, p_language, null, p_metadata, p_attachments);
  v_message_id uuid;
  v_customer commerce.customer;
  v_channel commerce.channel;
  v_thread_id uuid;
  v_is_new boolean;
begin
  v_message_id := (internal.begin_idempotent(
    'begin_conversation', p_idempotency_key,
    jsonb_build_array(p_customer_id, p_channel_id, p_template_name, p_language, p_message, p_metadata,
      p_attachments, p_order_id)) ->> 'message_id')::uuid;
  if v_message_id is not null then
    return internal.message_view(v_message_id);
  end if;

  select c.*
    into v_customer
    from commerce.customer as c
   where c.tenant_id = v_tenant_id and c.id = p_customer_id and not c.is_deleted
     for share;
  if not found then
    perform internal.refuse_missing('customer_id');
  end if;
  select c.*
    into v_channel
    from commerce.channel as c
   where c.tenant_id = v_tenant_id and c.id = p_channel_id and not c.is_deleted;
  if not found then
    perform internal.refuse_missing('channel_id');
  end if;
  if v_channel.channel_type not in ('web_chat', 'storefront') then
    perform internal.reachable_identity(v_customer, v_channel);
  end if;
  select (l.thread).id, l.is_new
    into v_thread_id, v_is_new
    from internal.thread_for_message(v_channel.id, v_customer.id) as l;

  v_message_id := internal.enqueue_message(
    v_thread_id, p_idempotency_key, p_message, v_message_type, p_template_name, p_language, null, p_metadata,
    p_attachments, p_order_id);
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type)
  select v_tenant_id, v_thread_id, v_message_id, 'conversation_started'
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.id = v_message_id and v_is_new;
  perform internal.finish_idempotent(
    'begin_conversation', p_idempotency_key, jsonb_build_object('message_id', v_message_id));
  return internal.message_view(v_message_id);
end
$$;

alter function api.begin_conversation(uuid, uuid, text, text, text, text, jsonb, jsonb, uuid)
  owner to commerce_definer;
grant execute on function api.begin_conversation(uuid, uuid, text, text, text, text, jsonb, jsonb, uuid)
  to commerce_member, commerce_worker;
comment on function api.begin_conversation(uuid, uuid, text, text, text, text, jsonb, jsonb, uuid) is
  'Writes to a customer in a channel, in the thread that is not closed or, where there is none, in a new one. Returns the message, which is queued as by queue_message. A customer who has not written in the channel yet is reached by telephone number or e-mail address. A repeat with the same key returns the first message. The template''s variables are in metadata.variables. Needs conversations.reply. SCWIN outside the channel''s reply window without a template, SCPRM also for a blocked customer, and for a service where a person answers, SCLIM for more messages in a month than the plan allows, SCIDM, SCDUP, SCNTF, SCVAL with the field.
@param message {conversation_history.message}
@param attachments {message_attachment[]: file_type! url storage_key external_media_id mime_type file_name caption size_bytes latitude longitude} Files and places, at most 30, each with url, storage_key, which request_upload gave the caller, or external_media_id, or with latitude and longitude.
@param order_id The order that it is about.';
