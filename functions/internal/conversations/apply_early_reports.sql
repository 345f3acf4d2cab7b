create or replace function internal.apply_early_reports(p_message_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_message commerce.conversation_history;
  v_change internal.pending_change;
  v_receipt internal.pending_receipt;
begin
  select h.*
    into strict v_message
    from commerce.conversation_history as h
   where h.tenant_id = v_tenant_id and h.id = p_message_id;

  update commerce.conversation_history as h
     set reply_to_id = p_message_id
   where h.tenant_id = v_tenant_id
     and h.channel_id = v_message.channel_id
     and h.thread_id = v_message.thread_id
     and h.reply_to_external_id = v_message.external_message_id
     and h.reply_to_id is null;
  for v_change in
    delete from internal.pending_change as p
     where p.tenant_id = v_tenant_id
       and p.channel_id = v_message.channel_id
       and p.external_message_id = v_message.external_message_id
    returning p.*
  loop
    perform internal.change_message(
      p_message_id, v_change.kind, v_change.content, v_change.occurred_at, v_change.author_external_id,
      v_change.sender_type);
  end loop;
  -- Nobody reports what becomes of a message that came in.
  if v_message.direction = 'inbound' then
    return;
  end if;
  for v_receipt in
    delete from internal.pending_receipt as r
     where r.tenant_id = v_tenant_id
       and r.channel_id = v_message.channel_id
       and r.external_message_id = v_message.external_message_id
    returning r.*
  loop
    perform internal.apply_receipt(
      p_message_id, v_receipt.status, v_receipt.occurred_at, v_receipt.error_code, v_receipt.error_message);
  end loop;
  perform internal.apply_receipt_marks(p_message_id);
end
$$;

grant execute on function internal.apply_early_reports(uuid) to commerce_definer;
comment on function internal.apply_early_reports(uuid) is
  'Called when a message has got its provider''s id: links answers that came before it to it, and applies changes, receipts and read marks that came before it.';
