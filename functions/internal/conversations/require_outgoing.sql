create or replace function internal.require_outgoing(
  p_message text,
  p_template_name text,
  p_language text,
  p_message_type text,
  p_metadata jsonb,
  p_attachments jsonb
)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_captions text := internal.require_attachments(p_attachments);
  v_message_type text := coalesce(
    p_message_type,
    case
      when p_template_name is not null then 'template'
      when p_attachments <> '[]' then p_attachments -> 0 ->> 'file_type'
      else 'text'
    end);
begin
  perform internal.refuse_faults(
    internal.set_fault('message_type', v_message_type, 'conversation_history', 'message_type'),
    internal.length_fault('message', coalesce(nullif(p_message, ''), v_captions), 65536),
    internal.length_fault('language', p_language, 255),
    internal.object_fault('metadata', p_metadata)
  );
  if v_message_type = 'template' then
    perform internal.require_text('template_name', p_template_name, 255);
  elsif p_template_name is not null then
    perform internal.refuse_input('template_name', 'must not be given for another type of message');
  elsif v_message_type = 'text' and p_attachments = '[]' then
    perform internal.require_text('message', p_message, 65536);
  elsif coalesce(btrim(p_message), '') = '' and p_metadata = '{}' and p_attachments = '[]' then
    perform internal.refuse_input('metadata', 'must say what is sent');
  end if;
  return v_message_type;
end
$$;

grant execute on function internal.require_outgoing(text, text, text, text, jsonb, jsonb) to commerce_definer;
comment on function internal.require_outgoing(text, text, text, text, jsonb, jsonb) is
  'Refuses an input that cannot be a message of the shop (SCVAL); returns its type.';
