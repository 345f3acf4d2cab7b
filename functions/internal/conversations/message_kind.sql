create or replace function internal.message_kind(p_message_type text)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refuse_faults(
    internal.text_fault('message_type', p_message_type, 65536),
    internal.set_fault('message_type', p_message_type, 'conversation_history', 'message_type')
  );
  return p_message_type;
exception
  -- A new kind of a provider is not a mistake of the caller.
  when sqlstate 'SCVAL' then
    if btrim(coalesce(p_message_type, '')) = '' then
      raise;
    end if;
    return 'unsupported';
end
$$;

grant execute on function internal.message_kind(text) to commerce_definer;
comment on function internal.message_kind(text) is
  'The kind under which a message is stored: unsupported for a kind that is not in the closed set. SCVAL when none is given.';
