create or replace function internal.record_receipt(
  p_channel_type text,
  p_external_account_id text,
  p_external_message_id text,
  p_status text,
  p_occurred_at timestamptz default now(),
  p_error_code text default null,
  p_error_message text default null
)
  returns table (tenant_id uuid, message_id uuid, delivery_status text)
  language plpgsql
  volatile
  security definer  -- lends: finding the tenant by the account, and writing its message's delivery
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_tenant_id uuid;
  v_channel_id uuid;
  v_message_id uuid;
  v_recipient text;
  v_delivery_status text;
begin
  perform internal.refuse_faults(
    internal.text_fault('external_message_id', p_external_message_id, 255),
    case when coalesce(p_status not in ('sent', 'delivered', 'read', 'failed'), true)
      then internal.fault('status', 'must be one of sent, delivered, read, failed') end,
    internal.length_fault('error_code', p_error_code, 255),
    internal.length_fault('error_message', p_error_message, 65536)
  );

  v_channel_id := internal.adopt_channel(p_channel_type, p_external_account_id, false);
  v_tenant_id := internal.tenant_id();
  -- The sender who reports this id to internal.mark_sent takes the same turn: either finds what the other wrote.
  perform internal.take_turn(concat_ws(' ', 'receipt', v_channel_id, p_external_message_id));

  select h.id
    into v_message_id
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id
     and h.channel_id = v_channel_id
     and h.external_message_id = p_external_message_id
     and h.direction = 'outbound';
  if found then
    v_recipient := internal.take_recipient_turn(v_message_id);
    v_delivery_status := internal.apply_receipt(
      v_message_id, p_status, v_occurred_at, p_error_code, p_error_message);
    -- It may tell that the message was sent earlier than the sender has said, and so before a mark of its recipient.
    if exists (
      select
        from internal.receipt_mark as m
       where m.tenant_id = v_tenant_id and m.channel_id = v_channel_id and m.identity_key = v_recipient
    ) then
      v_delivery_status := coalesce(internal.apply_receipt_marks(v_message_id), v_delivery_status);
    end if;
    return query select v_tenant_id, v_message_id, v_delivery_status;
    return;
  end if;

  -- The sender has yet to report this id (internal.mark_sent), or the message was not sent from this queue. A
  -- channel may report any number of those: only its latest are kept.
  insert into internal.pending_receipt (
    tenant_id, channel_id, external_message_id, status, occurred_at, error_code, error_message
  )
  values (
    v_tenant_id, v_channel_id, p_external_message_id, p_status, v_occurred_at, p_error_code, p_error_message
  )
  on conflict do nothing;
  delete from internal.pending_receipt as r
   where r.tenant_id = v_tenant_id and r.ctid = any (array(
     select p.ctid
       from internal.pending_receipt as p
      where p.tenant_id = v_tenant_id
        and p.channel_id = v_channel_id
        and p.received_at < (
          select e.received_at
            from internal.pending_receipt as e
           where e.tenant_id = v_tenant_id and e.channel_id = v_channel_id
           order by e.received_at desc
          offset 999
           limit 1
        )
        for update skip locked
   ));
  return query select v_tenant_id, null::uuid, null::text;
end
$$;

alter function internal.record_receipt(text, text, text, text, timestamptz, text, text)
  owner to commerce_definer;
grant execute on function internal.record_receipt(text, text, text, text, timestamptz, text, text)
  to commerce_worker;
comment on function internal.record_receipt(text, text, text, text, timestamptz, text, text) is
  'Records what a provider reports about a message that was sent: sent, delivered, read or failed. A status only moves forward: a receipt that comes late or twice changes nothing. A receipt that comes before the message''s id is known is kept for a day, and message_id is NULL. SCNTF for an account that is not connected, SCVAL with the field.';
