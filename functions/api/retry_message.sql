create or replace function api.retry_message(p_message_id uuid)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: writing the delivery of messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text := internal.outbound_for_update(p_message_id);
  v_reason text;
begin
  perform internal.require_transition('conversation_history.delivery_status', v_status, 'queued');
  v_reason := internal.unsendable_reason(p_message_id);
  case v_reason
    when 'reply_window_closed' then
      raise exception using
        errcode = 'SCWIN',
        message = 'the customer wrote too long ago for a free text',
        hint = 'Send a template that the provider has approved.';
    when 'customer_blocked' then
      raise exception using
        errcode = 'SCPRM',
        message = 'the customer is blocked',
        detail = json_build_object('field', 'message_id')::text,
        hint = 'Unblock the customer first.';
    else
      if v_reason is not null then
        perform internal.refuse_input('message_id', 'must be a message that can still be sent: ' || v_reason);
      end if;
  end case;

  update commerce.conversation_history as h
     set external_message_id = null, delivery_status = 'queued', sent_at = null, failed_at = null, error_code = null,
         error_message = null
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id;
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type)
  select h.tenant_id, h.thread_id, h.id, 'message_queued'
    from commerce.conversation_history as h
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id;
  return internal.message_view(p_message_id);
end
$$;

alter function api.retry_message(uuid) owner to commerce_definer;
grant execute on function api.retry_message(uuid) to commerce_member, commerce_worker;
comment on function api.retry_message(uuid) is
  'Puts a message that failed back into the queue, to the same recipient. Needs conversations.reply. SCTRN for a message that has not failed, SCWIN outside the reply window, SCPRM also for a blocked customer, SCVAL when it cannot be sent for another reason, SCNTF.
@param message_id The message.';
