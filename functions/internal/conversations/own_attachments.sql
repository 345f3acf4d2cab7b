-- A shopper gives as little as possible about a file: the grant of its upload has the rest, and a link could lead
-- anywhere.
create or replace function internal.own_attachments(p_attachments jsonb)
  returns jsonb
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_granted jsonb;
begin
  if jsonb_typeof(p_attachments) is distinct from 'array' or jsonb_array_length(p_attachments) > 10 then
    perform internal.refuse_input('attachments', 'must be a JSON array of at most 10 objects');
  elsif exists (
    select
      from jsonb_array_elements(p_attachments) as a (item)
     where case
             when jsonb_typeof(a.item) <> 'object' then true
             when a.item ? 'storage_key' then a.item - '{storage_key,caption}'::text[] <> '{}'
             else a.item - '{latitude,longitude,file_name,caption}'::text[] <> '{}'
           end
  ) then
    perform internal.refuse_input(
      'attachments', 'must hold objects of storage_key and caption, or latitude, longitude, file_name and caption');
  end if;
  select coalesce(jsonb_agg(a.item || jsonb_build_object('file_type', case when a.item ? 'storage_key' then 'document' else 'location' end)
           order by a.position), '[]')
    into v_granted
    from jsonb_array_elements(p_attachments) with ordinality as a (item, position);
  perform internal.require_attachments(v_granted);
  select coalesce(jsonb_agg(
           a.item || jsonb_build_object('file_type', case
             when a.item ->> 'mime_type' is null then 'location'
             when a.item ->> 'mime_type' ~ '^(image|video|audio)/' then split_part(a.item ->> 'mime_type', '/', 1)
             else 'document'
           end) order by a.position), '[]')
    into v_granted
    from jsonb_array_elements(internal.granted_attachments(p_attachments)) with ordinality as a (item, position);
  return v_granted;
end
$$;

grant execute on function internal.own_attachments(jsonb) to commerce_definer;
comment on function internal.own_attachments(jsonb) is
  'The attachments that a shopper or visitor gives to a message, in the form that internal.add_attachments takes. SCNTF for a storage key that is not the caller''s, SCVAL.';
