create or replace function api.queue_message(
  p_thread_id uuid,
  p_idempotency_key text,
  p_message text default '',
  p_template_name text default null,
  p_language text default null,
  p_reply_to_id uuid default null,
  p_message_type text default null,
  p_metadata jsonb default '{}'
)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: writing messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_user_id uuid := internal.user_id();
  v_message_type text := coalesce(
    p_message_type, case when p_template_name is null then 'text' else 'template' end);
  v_message_id uuid;
  v_thread record;
begin
  perform internal.require_in_set('message_type', v_message_type, 'conversation_history', 'message_type');
  perform internal.limit_text('message', p_message, 65536);
  perform internal.limit_text('language', p_language, 255);
  perform internal.require_object('metadata', p_metadata);
  if v_message_type = 'template' then
    perform internal.require_text('template_name', p_template_name, 255);
  elsif p_template_name is not null then
    perform internal.refuse_input('template_name', 'must not be given for another type of message');
  elsif v_message_type = 'text' then
    perform internal.require_text('message', p_message, 65536);
  elsif coalesce(btrim(p_message), '') = '' and p_metadata = '{}' then
    perform internal.refuse_input('metadata', 'must say what is sent');
  end if;

  v_message_id := (internal.begin_idempotent(
    'queue_message', p_idempotency_key,
    jsonb_build_array(p_thread_id, p_message, p_template_name, p_language, p_reply_to_id, p_message_type,
      p_metadata)) ->> 'message_id')::uuid;
  if v_message_id is not null then
    return internal.message_view(v_message_id);
  end if;

  -- The lock keeps the thread from being closed under the message.
  select t.channel_id, t.customer_id, t.status, t.reply_window_ends_at, u.is_blocked,
         c.is_active and not c.is_deleted as is_connected,
         case
           when t.last_inbound_at is null then c.reply_window_minutes is not null
           else t.reply_window_ends_at <= now()
         end as is_window_closed
    into v_thread
    from commerce.conversation_thread as t
    join commerce.channel as c on c.tenant_id = v_tenant_id and c.id = t.channel_id
    join commerce.customer as u on u.tenant_id = v_tenant_id and u.id = t.customer_id
   where t.tenant_id = v_tenant_id and t.id = p_thread_id
     for no key update of t;
  if not found then
    perform internal.refuse_missing('thread_id');
  elsif v_thread.status = 'closed' then
    perform internal.require_transition('conversation_thread.status', 'closed', 'open');
  elsif v_thread.is_blocked then
    raise exception using
      errcode = 'SCPRM',
      message = 'the customer is blocked',
      detail = json_build_object('field', 'thread_id')::text,
      hint = 'Unblock the customer first.';
  elsif not v_thread.is_connected then
    perform internal.refuse_input('thread_id', 'must be a thread of a channel that is connected and active');
  elsif v_thread.is_window_closed and p_template_name is null then
    raise exception using
      errcode = 'SCWIN',
      message = 'the customer wrote too long ago for a free text',
      detail = json_build_object('reply_window_ends_at', v_thread.reply_window_ends_at)::text,
      hint = 'Send a template that the provider has approved.';
  end if;
  if p_reply_to_id is not null and not exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = v_tenant_id and h.thread_id = p_thread_id and h.id = p_reply_to_id
  ) then
    perform internal.refuse_missing('reply_to_id');
  end if;

  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, sender_user_id, reply_to_id, message, direction,
    message_type, sender_type, delivery_status, idempotency_key, template_name, language, metadata
  )
  values (
    v_tenant_id, p_thread_id, v_thread.channel_id, v_thread.customer_id, v_user_id, p_reply_to_id,
    coalesce(p_message, ''), 'outbound', v_message_type,
    case when v_user_id is null then 'bot' else 'merchant' end, 'queued', p_idempotency_key,
    p_template_name, p_language, p_metadata
  )
  on conflict (tenant_id, idempotency_key) where idempotency_key is not null do nothing
  returning id into v_message_id;
  if not found then
    -- The key is forgotten after a week; the message that it sent is not.
    raise exception using
      errcode = 'SCDUP',
      message = 'a message was queued with this key before',
      detail = json_build_object('field', 'idempotency_key')::text;
  end if;
  perform internal.finish_idempotent(
    'queue_message', p_idempotency_key, jsonb_build_object('message_id', v_message_id));
  return internal.message_view(v_message_id);
end
$$;

alter function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb) owner to commerce_definer;
grant execute on function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb)
  to commerce_member, commerce_worker;
comment on function api.queue_message(uuid, text, text, text, text, uuid, text, jsonb) is
  'Queues a message to the customer of a thread: a text of at most 64 KiB, a template by its name, or media, buttons or a location in metadata, with their message_type. reply_to_id: a message of the same thread. A repeat with the same key returns the first message. Needs conversations.reply. SCWIN outside the channel''s reply window without a template, SCPRM also for a blocked customer, SCTRN for a closed thread, SCIDM, SCDUP, SCNTF, SCVAL with the field.
@param message_type {conversation_history.message_type}
@param message {conversation_history.message}';
