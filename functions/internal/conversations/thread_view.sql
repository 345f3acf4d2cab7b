-- Requires: functions/internal/attach/copy_comments.sql
-- Requires: functions/api/views/conversation_thread.sql
create or replace function internal.thread_view(p_thread_id uuid)
  returns api.conversation_thread
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select t.*
    from api.conversation_thread as t
   where t.tenant_id = internal.tenant_id() and t.id = p_thread_id
$$;

grant execute on function internal.thread_view(uuid) to commerce_definer;
comment on function internal.thread_view(uuid) is 'A thread as staff see it: what the thread functions return.';
