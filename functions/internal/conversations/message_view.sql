-- Requires: functions/internal/attach/copy_comments.sql
-- Requires: functions/api/views/conversation_history.sql
create or replace function internal.message_view(p_message_id uuid)
  returns api.conversation_history
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select h.*
    from api.conversation_history as h
   where h.tenant_id = internal.tenant_id() and h.id = p_message_id
$$;

grant execute on function internal.message_view(uuid) to commerce_definer;
comment on function internal.message_view(uuid) is 'A message as staff see it: what the message functions return.';
