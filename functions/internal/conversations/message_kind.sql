create or replace function internal.message_kind(p_message_type text)
  returns text
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if internal.is_blank(p_message_type) then
    perform internal.refuse_input('message_type', 'must not be empty');
  end if;
  -- A new kind of a provider is not a mistake of the caller.
  return case
    when p_message_type = any (internal.closed_set('conversation_history', 'message_type')) then p_message_type
    else 'unsupported'
  end;
end
$$;

grant execute on function internal.message_kind(text) to commerce_definer;
comment on function internal.message_kind(text) is
  'The kind under which a message is stored: unsupported for a kind that is not in the closed set. SCVAL when none is given.';
