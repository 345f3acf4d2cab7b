create or replace function internal.seed_demo_kinds(p_shop jsonb, p_message_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_account text := p_shop ->> 'account';
  v_message commerce.conversation_history;
  v_sender text;
begin
  select h.*
    into strict v_message
    from commerce.conversation_history as h
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id;
  select i.external_user_id
    into strict v_sender
    from commerce.customer_identity as i
   where i.tenant_id = internal.tenant_id() and i.id = v_message.identity_id;

  perform internal.receive_message(
    'whatsapp', v_account, v_sender, v_message.external_message_id || '.photo', '', 'image', v_message.occurred_at,
    p_reply_to_external_id => v_message.external_message_id,
    p_attachments => jsonb_build_array(jsonb_build_object(
      'file_type', 'image', 'external_media_id', 'media-1', 'mime_type', 'image/jpeg', 'size_bytes', 48213,
      'caption', 'In this colour, please')));
  perform internal.record_message_change(
    'whatsapp', v_account, v_message.external_message_id || '.photo', 'reaction', '❤️', v_message.occurred_at, v_sender);
  perform internal.record_message_change(
    'whatsapp', v_account, v_message.external_message_id, 'edit', v_message.message || ' Thank you!',
    v_message.occurred_at + interval '1 minute');
end
$$;

grant execute on function internal.seed_demo_kinds(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_kinds(jsonb, uuid) is
  'A customer of a demo shop sends a photo, reacts to it, and edits what was written before.';
