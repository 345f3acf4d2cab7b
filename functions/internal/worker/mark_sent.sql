create or replace function internal.mark_sent(
  p_tenant_id uuid,
  p_message_id uuid,
  p_external_message_id text,
  p_sent_at timestamptz default now()
)
  returns text
  language plpgsql
  volatile
  security definer  -- lends: writing the delivery of the tenant's message
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sent_at timestamptz := internal.reported_time('sent_at', p_sent_at);
  v_message commerce.conversation_history;
begin
  perform internal.require_text('external_message_id', p_external_message_id, 255);
  perform internal.adopt_outbound(p_tenant_id, p_message_id);
  -- Receipts take the same turn, and then the message's lock, in this order.
  perform internal.take_turn(concat_ws(' ', 'receipt', h.channel_id, p_external_message_id))
     from commerce.conversation_history as h
    where h.tenant_id = p_tenant_id and h.id = p_message_id;
  perform internal.take_recipient_turn(p_message_id);

  -- The thread is locked first, as in every transaction that writes messages.
  perform
     from commerce.conversation_thread as t
     join commerce.conversation_history as h
       on h.tenant_id = p_tenant_id and h.id = p_message_id and h.thread_id = t.id
    where t.tenant_id = p_tenant_id
      for no key update of t;
  select h.*
    into v_message
    from commerce.conversation_history as h
   where h.tenant_id = p_tenant_id and h.id = p_message_id
     for no key update;
  if v_message.external_message_id <> p_external_message_id or exists (
    select
      from commerce.conversation_history as h
     where h.tenant_id = p_tenant_id
       and h.channel_id = v_message.channel_id
       and h.external_message_id = p_external_message_id
       and h.id <> p_message_id
  ) then
    raise exception using
      errcode = 'SCDUP',
      message = 'the message has another id already, or the id another message',
      detail = json_build_object('field', 'external_message_id')::text;
  end if;
  perform internal.apply_receipt(
    p_message_id, 'sent', v_sent_at, p_external_message_id => p_external_message_id);
  perform internal.apply_early_reports(p_message_id);
  return (
    select h.delivery_status
      from commerce.conversation_history as h
     where h.tenant_id = p_tenant_id and h.id = p_message_id
  );
end
$$;

alter function internal.mark_sent(uuid, uuid, text, timestamptz) owner to commerce_definer;
grant execute on function internal.mark_sent(uuid, uuid, text, timestamptz) to commerce_worker;
comment on function internal.mark_sent(uuid, uuid, text, timestamptz) is
  'Records that the provider has accepted a message under this id; receipts that came before are applied. A repeat changes nothing. Returns the message''s delivery status. SCDUP when it has another id, or another message of the channel has this one; SCNTF, SCVAL.';
