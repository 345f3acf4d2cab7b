-- Requires: functions/internal/conversations/thread_view.sql
create or replace function internal.change_thread_status(
  p_thread commerce.conversation_thread,
  p_status text,
  p_snoozed_until timestamptz default null
)
  returns api.conversation_thread
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.require_transition('conversation_thread.status', p_thread.status, p_status);

  perform internal.write_thread_status(p_thread, p_status, p_snoozed_until);
  return internal.thread_view(p_thread.id);
end
$$;

grant execute on function internal.change_thread_status(commerce.conversation_thread, text, timestamptz)
  to commerce_definer;
comment on function internal.change_thread_status(commerce.conversation_thread, text, timestamptz) is
  'Moves a thread that is locked to another status, with an event, if the caller may. SCTRN, SCPRM.';
