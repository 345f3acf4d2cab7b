-- Requires: functions/internal/checks/refuse_input.sql
create or replace function internal.require_attachments(p_attachments jsonb)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_item jsonb;
  v_captions text;
begin
  if jsonb_typeof(p_attachments) is distinct from 'array' or octet_length(p_attachments::text) > 262144 then
    perform internal.refuse_input('attachments', 'must be a JSON array of at most 30 objects and 256 KiB');
  elsif jsonb_array_length(p_attachments) > 30 then
    perform internal.refuse_input('attachments', 'must be a JSON array of at most 30 objects and 256 KiB');
  end if;

  for v_item in
    select a.item from jsonb_array_elements(p_attachments) as a (item)
  loop
    if jsonb_typeof(v_item) <> 'object' then
      perform internal.refuse_input('attachments', 'must hold objects');
    end if;
    perform internal.require_in_set('attachments.file_type', v_item ->> 'file_type', 'message_attachment', 'file_type');
    perform internal.require_text_within('attachments.url', v_item ->> 'url', 2048);
    perform internal.require_text_within('attachments.storage_key', v_item ->> 'storage_key', 1024);
    perform internal.require_text_within('attachments.external_media_id', v_item ->> 'external_media_id', 255);
    perform internal.require_text_within('attachments.mime_type', v_item ->> 'mime_type', 255);
    perform internal.require_text_within('attachments.file_name', v_item ->> 'file_name', 255);
    perform internal.require_text_within('attachments.caption', v_item ->> 'caption', 65536);
    if v_item ->> 'size_bytes' !~ '^[0-9]{1,15}$' then
      perform internal.refuse_input('attachments.size_bytes', 'must be a whole number of bytes');
    elsif v_item ->> 'sha256' !~* '^[0-9a-f]{64}$' then
      perform internal.refuse_input('attachments.sha256', 'must be 64 hexadecimal digits');
    elsif v_item ->> 'file_type' = 'location' then
      perform internal.read_degrees('attachments.latitude', v_item -> 'latitude', 90);
      perform internal.read_degrees('attachments.longitude', v_item -> 'longitude', 180);
    end if;
    if num_nonnulls(v_item ->> 'url', v_item ->> 'storage_key', v_item ->> 'external_media_id') = 0
      and num_nonnulls(v_item ->> 'latitude', v_item ->> 'longitude') < 2
    then
      perform internal.refuse_input('attachments', 'must say where each of them is: url, storage_key, external_media_id or latitude and longitude');
    end if;
    v_captions := concat_ws(e'\n', v_captions, v_item ->> 'caption');
  end loop;
  perform internal.require_text_within('attachments.caption', v_captions, 65536);
  return nullif(v_captions, '');
end
$$;

grant execute on function internal.require_attachments(jsonb) to commerce_definer;
comment on function internal.require_attachments(jsonb) is
  'Refuses a value that is not a list of attachments (SCVAL); returns their captions, a line each, or NULL.';
