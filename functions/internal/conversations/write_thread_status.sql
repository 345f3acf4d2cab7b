create or replace function internal.write_thread_status(
  p_thread commerce.conversation_thread,
  p_status text,
  p_snoozed_until timestamptz default null
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  update commerce.conversation_thread as t
     set status = p_status,
         snoozed_until = p_snoozed_until,
         closed_at = case p_status when 'closed' then now() end,
         version = t.version
   where t.tenant_id = p_thread.tenant_id and t.id = p_thread.id;
  perform internal.add_thread_event(
    p_thread.id,
    case p_status
      when 'open' then 'conversation_reopened'
      when 'closed' then 'conversation_closed'
      else 'status_changed'
    end,
    jsonb_strip_nulls(
      jsonb_build_object('from', p_thread.status, 'to', p_status, 'snoozedUntil', p_snoozed_until)));
end
$$;

grant execute on function internal.write_thread_status(commerce.conversation_thread, text, timestamptz) to commerce_definer;
comment on function internal.write_thread_status(commerce.conversation_thread, text, timestamptz) is
  'Moves a thread that is locked to another status, with an event, for any caller. SCTRN.';
