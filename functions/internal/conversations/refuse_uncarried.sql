-- A provider would refuse such a message only after it was queued, or leave a part of it out without a word.
create or replace function internal.refuse_uncarried(
  p_channel_type text,
  p_message_type text,
  p_message text,
  p_attachments jsonb
)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_kinds text[] := case
    when p_channel_type = 'whatsapp'
      then '{text, image, video, audio, document, sticker, location, contact, interactive, template}'::text[]
    when p_channel_type in ('facebook_messenger', 'instagram') then '{text, image, video, audio, document, sticker}'::text[]
    when p_channel_type = 'email' then '{text, image, video, audio, document}'::text[]
  end;
  v_is_meta boolean := p_channel_type in ('whatsapp', 'facebook_messenger', 'instagram');
  v_has_text boolean := coalesce(p_message, '') <> '' and p_attachments <> '[]';
begin
  if p_message_type <> all (v_kinds) then
    perform internal.refuse_input('message_type', 'must be one that the channel carries: ' || array_to_string(v_kinds, ', '));
  elsif v_is_meta and jsonb_array_length(p_attachments) > 1 then
    perform internal.refuse_input('attachments', 'must be one, as the channel carries no more in a message');
  elsif v_is_meta and p_message_type <> p_attachments -> 0 ->> 'file_type' then
    perform internal.refuse_input('message_type', 'must be that of the attachment');
  elsif v_has_text and v_is_meta and (
    p_channel_type <> 'whatsapp' or p_message_type not in ('image', 'video', 'document')
  ) then
    perform internal.refuse_input(
      'message', 'must be empty, as the channel carries no text beside it: queue the text as a message of its own');
  end if;
end
$$;

grant execute on function internal.refuse_uncarried(text, text, text, jsonb) to commerce_definer;
comment on function internal.refuse_uncarried(text, text, text, jsonb) is
  'Refuses a message of a kind that a channel does not carry, and one of which it would carry only a part (SCVAL).';
