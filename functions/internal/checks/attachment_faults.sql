create or replace function internal.attachment_faults(p_attachments jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_item jsonb;
  v_faults jsonb[] := '{}'::jsonb[];
begin
  if jsonb_typeof(p_attachments) is distinct from 'array'
    or jsonb_array_length(p_attachments) > 30
    or octet_length(p_attachments::text) > 262144
  then
    return internal.fault('attachments', 'must be a JSON array of at most 30 objects and 256 KiB');
  end if;

  for v_place in 0 .. jsonb_array_length(p_attachments) - 1 loop
    v_item := p_attachments -> v_place;
    v_faults := v_faults || case
      when jsonb_typeof(v_item) <> 'object' then array[internal.fault('attachments', 'must hold objects')]
      else array[
        internal.set_fault(
          'attachments.file_type', v_item ->> 'file_type', 'message_attachment', 'file_type'),
        internal.length_fault('attachments.url', v_item ->> 'url', 2048),
        internal.length_fault('attachments.storage_key', v_item ->> 'storage_key', 1024),
        internal.length_fault('attachments.external_media_id', v_item ->> 'external_media_id', 255),
        internal.length_fault('attachments.mime_type', v_item ->> 'mime_type', 255),
        internal.length_fault('attachments.file_name', v_item ->> 'file_name', 255),
        internal.length_fault('attachments.caption', v_item ->> 'caption', 65536),
        case when v_item ->> 'size_bytes' !~ '^[0-9]{1,15}$' then
          internal.fault('attachments.size_bytes', 'must be a whole number of bytes')
        end,
        case when v_item ->> 'sha256' !~* '^[0-9a-f]{64}$' then
          internal.fault('attachments.sha256', 'must be 64 hexadecimal digits')
        end,
        case when v_item ->> 'file_type' = 'location' then
          internal.degrees_fault('attachments.latitude', v_item -> 'latitude', 90)
        end,
        case when v_item ->> 'file_type' = 'location' then
          internal.degrees_fault('attachments.longitude', v_item -> 'longitude', 180)
        end,
        case
          when num_nonnulls(v_item ->> 'url', v_item ->> 'storage_key', v_item ->> 'external_media_id') = 0
            and num_nonnulls(v_item ->> 'latitude', v_item ->> 'longitude') < 2
          then internal.fault('attachments', 'must say where each of them is: url, storage_key, external_media_id or latitude and longitude')
        end
      ]
    end;
  end loop;
  return internal.fault_list(variadic v_faults);
end
$$;

grant execute on function internal.attachment_faults(jsonb) to commerce_definer;
comment on function internal.attachment_faults(jsonb) is
  'The faults of a list of attachments, each with its key.';
