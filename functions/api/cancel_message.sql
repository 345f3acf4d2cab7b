create or replace function api.cancel_message(p_message_id uuid)
  returns api.conversation_history
  language plpgsql
  volatile
  security definer  -- lends: writing the delivery of messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_status text := internal.outbound_for_update(p_message_id);
begin
  perform internal.require_transition('conversation_history.delivery_status', v_status, 'cancelled');
  if exists (
    select
      from internal.message_claim as k
     where k.tenant_id = internal.tenant_id() and k.message_id = p_message_id and k.expires_at > now()
       -- No sender holds a message that waits for its next attempt.
       and k.worker <> ''
  ) then
    raise exception using
      errcode = 'SCTRN',
      message = 'the message is being sent',
      detail = json_build_object(
        'machine', 'conversation_history.delivery_status', 'from', v_status, 'to', 'cancelled')::text;
  end if;

  perform internal.apply_receipt(p_message_id, 'cancelled', now());
  return internal.message_view(p_message_id);
end
$$;

alter function api.cancel_message(uuid) owner to commerce_definer;
grant execute on function api.cancel_message(uuid) to commerce_member, commerce_worker;
comment on function api.cancel_message(uuid) is
  'Takes a message that no sender has claimed yet out of the queue. Needs conversations.reply. SCTRN when it is being sent or was sent, SCPRM also for a service where a person answers, SCNTF.
@param message_id The message.';
