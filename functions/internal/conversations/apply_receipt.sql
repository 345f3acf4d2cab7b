create or replace function internal.apply_receipt(
  p_message_id uuid,
  p_status text,
  p_occurred_at timestamptz,
  p_error_code text default null,
  p_error_message text default null,
  p_external_message_id text default null
)
  returns text
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_thread_id uuid;
  v_before text;
  v_after text;
begin
  -- The thread is locked before the message, as in every transaction that writes messages.
  select h.thread_id, h.delivery_status
    into strict v_thread_id, v_before
    from commerce.conversation_history as h
    join commerce.conversation_thread as t on t.tenant_id = v_tenant_id and t.id = h.thread_id
   where h.tenant_id = v_tenant_id and h.id = p_message_id
     for no key update of t, h;

  -- The trigger decides: it ignores a step back.
  update commerce.conversation_history as h
     set delivery_status = p_status,
         external_message_id = coalesce(p_external_message_id, h.external_message_id),
         sent_at = case p_status when 'sent' then p_occurred_at else h.sent_at end,
         delivered_at = case p_status when 'delivered' then p_occurred_at else h.delivered_at end,
         read_at = case p_status when 'read' then p_occurred_at else h.read_at end,
         failed_at = case p_status when 'failed' then p_occurred_at else h.failed_at end,
         error_code = case p_status when 'failed' then p_error_code else h.error_code end,
         error_message = case p_status when 'failed' then p_error_message else h.error_message end
   where h.tenant_id = v_tenant_id and h.id = p_message_id
  returning h.delivery_status into v_after;

  if v_after <> v_before then
    insert into commerce.conversation_event (
      tenant_id, thread_id, conversation_id, occurred_at, event_type, metadata
    )
    values (
      v_tenant_id, v_thread_id, p_message_id, p_occurred_at, 'message_' || v_after,
      jsonb_strip_nulls(jsonb_build_object('errorCode', p_error_code))
    );
    -- One that was sent stays an answer when it is delivered and read.
    if (v_after in ('sent', 'delivered', 'read')) <> (v_before in ('sent', 'delivered', 'read')) then
      perform internal.refresh_first_response(p_message_id);
    end if;
  end if;
  delete from internal.message_claim as k where k.tenant_id = v_tenant_id and k.message_id = p_message_id;
  return v_after;
end
$$;

grant execute on function internal.apply_receipt(uuid, text, timestamptz, text, text, text) to commerce_definer;
comment on function internal.apply_receipt(uuid, text, timestamptz, text, text, text) is
  'Moves the delivery of an outbound message, with an event, and ends its claim; a step back is ignored. Returns the message''s delivery status.';
