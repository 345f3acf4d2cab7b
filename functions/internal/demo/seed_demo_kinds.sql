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
    'whatsapp', v_account, v_sender, concat_ws('.', v_message.external_message_id, k.kind), k.message, k.kind,
    v_message.occurred_at + k.seconds * interval '1 second',
    p_metadata => k.metadata, p_attachments => k.attachments, p_direction => k.direction,
    p_reply_to_external_id => case k.kind when 'image' then v_message.external_message_id end)
     from (values
       (1, 'inbound', 'image', '', '{}'::jsonb, jsonb '[{"file_type": "image", "external_media_id": "media-1",
         "mime_type": "image/jpeg", "size_bytes": 48213, "caption": "In this colour, please"}]'),
       (2, 'inbound', 'video', '', '{}', '[{"file_type": "video", "external_media_id": "media-2",
         "mime_type": "video/mp4", "size_bytes": 1840022}]'),
       (3, 'inbound', 'audio', '', '{}', '[{"file_type": "audio", "external_media_id": "media-3",
         "mime_type": "audio/ogg", "size_bytes": 20480}]'),
       (4, 'inbound', 'document', '', '{}', '[{"file_type": "document", "external_media_id": "media-4",
         "mime_type": "application/pdf", "file_name": "Measurements.pdf", "size_bytes": 90112}]'),
       (5, 'inbound', 'sticker', '', '{}', '[{"file_type": "sticker", "external_media_id": "media-5",
         "mime_type": "image/webp", "size_bytes": 8100}]'),
       (6, 'inbound', 'location', '', '{}', '[{"file_type": "location", "latitude": 6.5244, "longitude": 3.3792,
         "file_name": "My office", "caption": "1 Allen Avenue, Lagos"}]'),
       (7, 'inbound', 'contact', '', '{"contacts": [{"name": {"formatted_name": "Tunde Bello"},
         "phones": [{"phone": "+2348030009999", "type": "CELL"}]}]}', '[]'),
       (8, 'inbound', 'interactive', 'Size M', '{"interactive": {"type": "list_reply",
         "list_reply": {"id": "size-m", "title": "Size M"}}}', '[]'),
       (9, 'inbound', 'order', 'Two of these', '{"order": {"catalog_id": "1", "product_items":
         [{"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 4500, "currency": "NGN"}]}}', '[]'),
       (10, 'inbound', 'poll', '', '{}', '[]'),
       (11, 'inbound', 'system', 'The customer''s security code has changed', '{}', '[]'),
       (12, 'outbound', 'text', 'I have just called you', '{}', '[]')
     ) as k (seconds, direction, kind, message, metadata, attachments);
  perform internal.record_message_change(
    'whatsapp', v_account, v_message.external_message_id || '.image', 'reaction', '❤️', v_message.occurred_at, v_sender);
  perform internal.record_message_change(
    'whatsapp', v_account, v_message.external_message_id, 'edit', v_message.message || ' Thank you!',
    v_message.occurred_at + interval '1 minute');
  perform internal.record_message_change(
    'whatsapp', v_account, v_message.external_message_id || '.sticker', 'deletion', null,
    v_message.occurred_at + interval '2 minutes');
  -- What a machine of the merchant sends is a template that the provider has approved.
  insert into commerce.conversation_history (
    tenant_id, thread_id, channel_id, customer_id, identity_id, occurred_at, sent_at, delivered_at, direction,
    message_type, sender_type, delivery_status, external_message_id, template_name, language, metadata
  )
  select v_message.tenant_id, v_message.thread_id, v_message.channel_id, v_message.customer_id, v_message.identity_id,
         a.at, a.at, a.at, 'outbound', 'template', 'bot', 'delivered', v_message.external_message_id || '.template', m.name,
         m.language, jsonb_build_object('variables', jsonb_build_array(split_part(c.display_name, ' ', 1)))
    from commerce.message_template as m
    join commerce.customer as c on c.tenant_id = v_message.tenant_id and c.id = v_message.customer_id
   cross join (select v_message.occurred_at + interval '3 minutes') as a (at)
   where m.tenant_id = v_message.tenant_id and m.channel_id = v_message.channel_id and m.name = 'order_shipped';
end
$$;

grant execute on function internal.seed_demo_kinds(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_kinds(jsonb, uuid) is
  'A customer of a demo shop sends a message of every kind, also one that is not known, reacts to one, edits one and deletes one; the merchant answers from the phone, and by a template.';
