create or replace function internal.enqueue_message(
  p_thread_id uuid,
  p_key text,
  p_message text,
  p_message_type text,
  p_template_name text,
  p_language text,
  p_reply_to_id uuid,
  p_metadata jsonb,
  p_attachments jsonb,
  p_order_id uuid
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
  -- Where a parameter is NULL the planner prefers a new plan at each call, which is simpler; making it costs more.
  set plan_cache_mode = force_generic_plan
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.user_id();
  v_is_person boolean := v_user_id is not null and not internal.is_service();
  v_thread commerce.conversation_thread;
  v_channel commerce.channel;
  v_customer commerce.customer;
  v_template commerce.message_template;
  v_identity_id uuid;
  v_is_web boolean;
  v_attachments jsonb;
  v_message text := coalesce(nullif(p_message, ''), internal.require_attachments(p_attachments), '');
  v_message_id uuid;
begin
  -- The lock keeps the thread from being closed under the message.
  select t.*
    into v_thread
    from commerce.conversation_thread as t
   where t.tenant_id = v_tenant_id and t.id = p_thread_id
     for no key update;
  if not found then
    perform internal.refuse_missing('thread_id');
  elsif v_thread.status = 'closed' then
    perform internal.require_transition('conversation_thread.status', 'closed', 'open');
  end if;
  perform internal.hold_back_service(v_thread);
  select c.* into strict v_channel
    from commerce.channel as c where c.tenant_id = v_tenant_id and c.id = v_thread.channel_id;
  select c.* into strict v_customer
    from commerce.customer as c where c.tenant_id = v_tenant_id and c.id = v_thread.customer_id;
  v_is_web := v_channel.channel_type in ('web_chat', 'storefront');
  if v_customer.is_blocked then
    raise exception using
      errcode = 'SCPRM',
      message = 'the customer is blocked',
      detail = json_build_object('field', 'thread_id')::text,
      hint = 'Unblock the customer first.';
  elsif v_channel.is_deleted or not v_channel.is_active then
    perform internal.refuse_input('thread_id', 'must be a thread of a channel that is connected and active');
  elsif p_template_name is null and (
    internal.reply_window(
      v_thread.last_inbound_at, v_thread.reply_window_ends_at, v_channel,
      v_is_person)).is_closed
  then
    raise exception using
      errcode = 'SCWIN',
      message = 'the customer wrote too long ago for a free text',
      detail = json_build_object('reply_window_ends_at', v_thread.reply_window_ends_at)::text,
      hint = 'Send a template that the provider has approved.';
  end if;
  perform internal.refuse_uncarried(v_channel.channel_type, p_message_type, v_message, p_attachments);
  if p_template_name is not null then
    v_template := internal.approved_template(v_channel.id, v_customer.id, p_template_name, p_language);
    if v_template.id is null then
      perform internal.refuse_missing('template_name');
    end if;
    perform internal.require_variables(v_template, p_metadata);
  end if;
  if p_reply_to_id is not null and not exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = v_tenant_id and h.thread_id = p_thread_id and h.id = p_reply_to_id
  ) then
    perform internal.refuse_missing('reply_to_id');
  elsif p_order_id is not null and not exists (
    select
      from commerce.orders as o
     where o.tenant_id = v_tenant_id and o.id = p_order_id and o.customer_id = v_customer.id
  ) then
    perform internal.refuse_missing('order_id');
  end if;
  if not v_is_web then
    v_identity_id := internal.recipient_identity(p_thread_id, p_reply_to_id);
    if v_identity_id is null then
      perform internal.refuse_input('thread_id', 'must be of a customer who can be reached in its channel');
    end if;
  end if;

  v_attachments := internal.granted_attachments(p_attachments);

  -- The shop's own chat has no provider: a message that is written there counts as sent.
  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, identity_id, sender_user_id, reply_to_id, order_id, message,
    direction, message_type, sender_type, delivery_status, sent_at, idempotency_key, template_name, language,
    metadata
  )
  values (
    v_tenant_id, p_thread_id, v_thread.channel_id, v_thread.customer_id, v_identity_id, v_user_id, p_reply_to_id,
    p_order_id, v_message, 'outbound',
    p_message_type, case when v_is_person then 'merchant' else 'bot' end,
    case when v_is_web then 'sent' else 'queued' end, case when v_is_web then now() end, p_key,
    p_template_name, coalesce(v_template.language, p_language), p_metadata
  )
  on conflict (tenant_id, idempotency_key) where idempotency_key is not null do nothing
  returning id into v_message_id;
  if not found then
    -- The key is deleted after a week; the message that it sent stays.
    raise exception using
      errcode = 'SCDUP',
      message = 'a message was queued with this key before',
      detail = json_build_object('field', 'idempotency_key')::text;
  end if;
  perform internal.add_attachments(v_message_id, v_attachments);
  return v_message_id;
end
$$;

grant execute on function internal.enqueue_message(
  uuid, text, text, text, text, text, uuid, jsonb, jsonb, uuid
) to commerce_definer;
comment on function internal.enqueue_message(
  uuid, text, text, text, text, text, uuid, jsonb, jsonb, uuid
) is
  'Puts a message that was checked into the queue, with its recipient; returns its id. SCWIN, SCPRM, SCTRN, SCDUP, SCNTF, SCVAL.';
