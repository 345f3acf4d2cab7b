-- Requires: functions/api/views/conversation_history.sql
create or replace function internal.own_message_view(p_message_id uuid)
  returns api.conversation_history
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_message api.conversation_history := internal.message_view(p_message_id);
begin
  -- Column privileges do not apply to a function's result: a shopper must not learn here of being blocked.
  v_message.is_silent := false;
  return v_message;
end
$$;

grant execute on function internal.own_message_view(uuid) to commerce_definer;
comment on function internal.own_message_view(uuid) is 'A message as the customer who has just written it sees it.';
