create or replace function internal.granted_attachments(p_attachments jsonb)
  returns jsonb
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_granted jsonb := jsonb '[]';
  v_item jsonb;
  v_upload internal.upload;
begin
  for v_item in
    select a.item from jsonb_array_elements(p_attachments) with ordinality as a (item, position) order by a.position
  loop
    if v_item ->> 'storage_key' is not null then
      v_upload := internal.use_upload('attachments.storage_key', v_item ->> 'storage_key', '{chat}');
      v_item := jsonb_build_object('file_name', v_upload.file_name)
        || v_item
        || jsonb_build_object('mime_type', v_upload.mime_type, 'size_bytes', v_upload.size_bytes);
    end if;
    v_granted := v_granted || v_item;
  end loop;
  return v_granted;
end
$$;

grant execute on function internal.granted_attachments(jsonb) to commerce_definer;
comment on function internal.granted_attachments(jsonb) is
  'Attachments that internal.require_attachments has checked; those in the object storage get the type and size that were granted. SCNTF for a storage key that is not the caller''s.';
