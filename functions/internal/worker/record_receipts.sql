create or replace function internal.record_receipts(
  p_channel_type text,
  p_external_account_id text,
  p_external_user_id text,
  p_status text,
  p_sent_until timestamptz,
  p_occurred_at timestamptz default now()
)
  returns table (tenant_id uuid, message_count integer)
  language plpgsql
  volatile
  security definer  -- lends: finding the tenant by the account, and writing the delivery of its messages
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_sent_until timestamptz := internal.reported_time('sent_until', p_sent_until);
  v_occurred_at timestamptz := internal.reported_time('occurred_at', p_occurred_at);
  v_key text := internal.identity_key(p_channel_type, p_external_user_id);
  v_tenant_id uuid;
  v_channel_id uuid;
  v_identity_id uuid;
  v_count integer;
begin
  perform internal.refuse_faults(
    internal.text_fault('external_user_id', p_external_user_id, 255),
    case when coalesce(p_status not in ('delivered', 'read'), true)
      then internal.fault('status', 'must be one of delivered, read') end
  );
  v_channel_id := internal.adopt_channel(p_channel_type, p_external_account_id, false);
  v_tenant_id := internal.tenant_id();
  perform internal.take_turn(concat_ws(' ', 'recipient', v_channel_id, v_key));

  -- Of a message up to this time the sender, or the provider, may report later than of its reading.
  insert into internal.receipt_mark as m (tenant_id, channel_id, identity_key, status, sent_until, occurred_at)
  values (v_tenant_id, v_channel_id, v_key, p_status, v_sent_until, v_occurred_at)
  on conflict on constraint receipt_mark_pkey do update
     set sent_until = excluded.sent_until, occurred_at = excluded.occurred_at, received_at = excluded.received_at
   where excluded.sent_until > m.sent_until;

  select i.id
    into v_identity_id
    from commerce.customer_identity as i
   where i.tenant_id = v_tenant_id and i.channel_id = v_channel_id and i.identity_key = v_key;
  -- Threads are locked first, as in every transaction that writes messages.
  perform
     from commerce.conversation_thread as t
    where t.tenant_id = v_tenant_id
      and t.id in (
        select h.thread_id
          from commerce.conversation_history as h
         where h.tenant_id = v_tenant_id
           and h.identity_id = v_identity_id
           and h.delivery_status in ('sent', 'delivered')
           and internal.is_marked(h, p_status, v_sent_until)
      )
    order by t.id
      for no key update;
  with changed as (
    update commerce.conversation_history as h
       set delivery_status = p_status,
           delivered_at = case p_status when 'delivered' then v_occurred_at else h.delivered_at end,
           read_at = case p_status when 'read' then v_occurred_at else h.read_at end
     where h.tenant_id = v_tenant_id
       and h.identity_id = v_identity_id
       and h.delivery_status in ('sent', 'delivered')
       and internal.is_marked(h, p_status, v_sent_until)
    returning h.thread_id, h.id
  )
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, occurred_at, event_type)
  select v_tenant_id, c.thread_id, c.id, v_occurred_at, 'message_' || p_status
    from changed as c;
  get diagnostics v_count = row_count;
  return query select v_tenant_id, v_count;
end
$$;

alter function internal.record_receipts(text, text, text, text, timestamptz, timestamptz) owner to commerce_definer;
grant execute on function internal.record_receipts(text, text, text, text, timestamptz, timestamptz) to commerce_worker;
comment on function internal.record_receipts(text, text, text, text, timestamptz, timestamptz) is
  'Records what a provider reports about all that was sent to a person up to a time: delivered or read. A status only moves forward: a mark that comes late or twice changes nothing, and a message that failed stays failed. The latest mark is kept for a day, for messages whose sending is reported later. message_count: how many messages it moved. SCNTF for an account that is not connected, SCVAL with the field.';
