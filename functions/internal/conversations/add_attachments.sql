create or replace function internal.add_attachments(p_message_id uuid, p_attachments jsonb)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.message_attachment (
    tenant_id, message_id, thread_id, channel_id, customer_id, position, file_type, url, storage_key, external_media_id, mime_type, file_name,
    caption, size_bytes, sha256, latitude, longitude
  )
  select h.tenant_id, h.id, h.thread_id, h.channel_id, h.customer_id, a.position, a.item ->> 'file_type', a.item ->> 'url',
         a.item ->> 'storage_key', a.item ->> 'external_media_id', a.item ->> 'mime_type',
         internal.shown_name(a.item ->> 'file_name', 255), a.item ->> 'caption', (a.item ->> 'size_bytes')::bigint, decode(a.item ->> 'sha256', 'hex'),
         (a.item ->> 'latitude')::numeric, (a.item ->> 'longitude')::numeric
    from commerce.conversation_history as h
   cross join jsonb_array_elements(p_attachments) with ordinality as a (item, position)
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id
$$;

grant execute on function internal.add_attachments(uuid, jsonb) to commerce_definer;
comment on function internal.add_attachments(uuid, jsonb) is
  'Stores the attachments of a message, which internal.granted_attachments returned.';
