-- This does for messages that are written in the shop itself what internal.receive_message does for those of providers.
create or replace function internal.write_as_customer(
  p_thread commerce.conversation_thread,
  p_is_new_thread boolean,
  p_is_blocked boolean,
  p_message text,
  p_attachments jsonb,
  p_reply_to_id uuid,
  p_order_id uuid
)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_attachments jsonb := internal.own_attachments(p_attachments);
  v_message text := coalesce(nullif(p_message, ''), internal.require_attachments(v_attachments), '');
  v_message_id uuid;
begin
  perform internal.refuse_barred(p_thread.tenant_id, internal.user_id(), '{temp_ban, perm_ban}');
  if v_attachments = '[]' then
    perform internal.require_text('message', p_message, 65536);
  end if;
  perform internal.refuse_faults(internal.length_fault('message', v_message, 65536));
  if p_reply_to_id is not null and not exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = p_thread.tenant_id and h.thread_id = p_thread.id and h.id = p_reply_to_id
  ) then
    perform internal.refuse_missing('reply_to_id');
  elsif p_order_id is not null and not exists (
    select
      from commerce.orders as o
     where o.tenant_id = p_thread.tenant_id and o.id = p_order_id and o.customer_id = p_thread.customer_id
  ) then
    perform internal.refuse_missing('order_id');
  end if;

  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, message, direction, message_type, sender_type, reply_to_id,
    order_id, delivery_status, is_silent
  )
  values (
    p_thread.tenant_id, p_thread.id, p_thread.channel_id, p_thread.customer_id, v_message, 'inbound',
    coalesce(v_attachments -> 0 ->> 'file_type', 'text'), 'customer', p_reply_to_id, p_order_id, 'received', p_is_blocked
  )
  returning id into v_message_id;
  perform internal.add_attachments(v_message_id, v_attachments);
  perform internal.record_arrival(v_message_id, p_thread, p_is_new_thread, p_is_blocked);
  update commerce.customer as c
     set last_activity_at = now()
   where c.tenant_id = p_thread.tenant_id and c.id = p_thread.customer_id;
  return v_message_id;
end
$$;

grant execute on function internal.write_as_customer(commerce.conversation_thread, boolean, boolean, text, jsonb, uuid, uuid)
  to commerce_definer;
comment on function internal.write_as_customer(commerce.conversation_thread, boolean, boolean, text, jsonb, uuid, uuid) is
  'Stores a message that a customer writes in the shop''s own chat, in a thread that is locked; returns its id. SCPRM for a person who is banned, SCNTF, SCVAL.';
