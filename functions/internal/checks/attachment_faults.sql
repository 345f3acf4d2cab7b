create or replace function internal.attachment_faults(p_attachments jsonb)
  returns jsonb
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if jsonb_typeof(p_attachments) is distinct from 'array'
    or jsonb_array_length(p_attachments) > 30
    or octet_length(p_attachments::text) > 262144
  then
    return internal.fault('attachments', 'must be a JSON array of at most 30 objects and 256 KiB');
  end if;

  return (
    select jsonb_agg(f.fault order by a.place, f.place)
      from jsonb_array_elements(p_attachments) with ordinality as a (item, place)
     cross join unnest(
             case
               when jsonb_typeof(a.item) <> 'object' then array[internal.fault('attachments', 'must hold objects')]
               else array[
                 internal.set_fault(
                   'attachments.file_type', a.item ->> 'file_type', 'message_attachment', 'file_type'),
                 internal.length_fault('attachments.url', a.item ->> 'url', 2048),
                 internal.length_fault('attachments.storage_key', a.item ->> 'storage_key', 1024),
                 internal.length_fault('attachments.external_media_id', a.item ->> 'external_media_id', 255),
                 internal.length_fault('attachments.mime_type', a.item ->> 'mime_type', 255),
                 internal.length_fault('attachments.file_name', a.item ->> 'file_name', 255),
                 internal.length_fault('attachments.caption', a.item ->> 'caption', 65536),
                 case when a.item ->> 'size_bytes' !~ '^[0-9]{1,15}$' then
                   internal.fault('attachments.size_bytes', 'must be a whole number of bytes')
                 end,
                 case when a.item ->> 'sha256' !~* '^[0-9a-f]{64}$' then
                   internal.fault('attachments.sha256', 'must be 64 hexadecimal digits')
                 end,
                 case when a.item ->> 'file_type' = 'location' then
                   internal.degrees_fault('attachments.latitude', a.item -> 'latitude', 90)
                 end,
                 case when a.item ->> 'file_type' = 'location' then
                   internal.degrees_fault('attachments.longitude', a.item -> 'longitude', 180)
                 end,
                 case
                   when num_nonnulls(a.item ->> 'url', a.item ->> 'storage_key', a.item ->> 'external_media_id') = 0
                     and num_nonnulls(a.item ->> 'latitude', a.item ->> 'longitude') < 2
                   then internal.fault('attachments', 'must say where each of them is: url, storage_key, external_media_id or latitude and longitude')
                 end
               ]
             end) with ordinality as f (fault, place)
     where f.fault is not null
  );
end
$$;

grant execute on function internal.attachment_faults(jsonb) to commerce_definer;
comment on function internal.attachment_faults(jsonb) is
  'The faults of a list of attachments, each with its key.';
