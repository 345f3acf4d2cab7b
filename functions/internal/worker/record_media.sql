create or replace function internal.record_media(p_tenant_id uuid, p_attachment_id uuid, p_storage_key text)
  returns boolean
  language plpgsql
  volatile
  security definer  -- lends: writing attachments
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_attachment commerce.message_attachment;
  v_upload internal.upload;
begin
  perform internal.require_text('storage_key', p_storage_key, 1024);
  perform internal.adopt_tenant(p_tenant_id);
  -- The message is locked first, as in every transaction that changes one.
  perform
     from commerce.conversation_history as h
     join commerce.message_attachment as a
       on a.tenant_id = p_tenant_id and a.id = p_attachment_id and a.message_id = h.id
    where h.tenant_id = p_tenant_id and h.withdrawn_at is null
      for no key update of h;
  if not found then
    perform internal.refuse_missing('attachment_id');
  end if;
  select a.*
    into strict v_attachment
    from commerce.message_attachment as a
   where a.tenant_id = p_tenant_id and a.id = p_attachment_id;
  if v_attachment.storage_key is not null then
    return false;
  end if;

  v_upload := internal.use_upload('storage_key', p_storage_key, '{chat}');
  update commerce.message_attachment as a
     set storage_key = v_upload.storage_key, mime_type = v_upload.mime_type, size_bytes = v_upload.size_bytes,
         file_name = coalesce(a.file_name, v_upload.file_name), fetch_at = null
   where a.tenant_id = p_tenant_id and a.id = p_attachment_id;
  perform internal.add_message_event(v_attachment.message_id, 'message_completed');
  return true;
end
$$;

alter function internal.record_media(uuid, uuid, text) owner to commerce_definer;
grant execute on function internal.record_media(uuid, uuid, text) to commerce_worker;
comment on function internal.record_media(uuid, uuid, text) is
  'Records that the file of a message, which was at the provider, is now in the object storage, under a key that the worker was granted by request_upload. Returns whether it was the first: a repeat changes nothing, and a second file is deleted as one that nothing uses. SCNTF for an attachment that is not there or whose message was deleted, and for a key that is not the worker''s, SCVAL.';
