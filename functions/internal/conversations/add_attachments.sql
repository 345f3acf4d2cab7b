create or replace function internal.add_attachments(p_message_id uuid, p_attachments jsonb)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  insert into commerce.message_attachment (
    tenant_id, message_id, position, file_type, url, storage_key, external_media_id, mime_type, file_name,
    caption, size_bytes, sha256, latitude, longitude
  )
  select internal.tenant_id(), p_message_id, a.position, a.item ->> 'file_type', a.item ->> 'url',
         a.item ->> 'storage_key', a.item ->> 'external_media_id', a.item ->> 'mime_type', a.item ->> 'file_name',
         a.item ->> 'caption', (a.item ->> 'size_bytes')::bigint, decode(a.item ->> 'sha256', 'hex'),
         (a.item ->> 'latitude')::numeric, (a.item ->> 'longitude')::numeric
    from jsonb_array_elements(p_attachments) with ordinality as a (item, position)
$$;

grant execute on function internal.add_attachments(uuid, jsonb) to commerce_definer;
comment on function internal.add_attachments(uuid, jsonb) is
  'Stores the attachments of a message, which internal.require_attachments has looked at.';
