create or replace function internal.close_thread(p_thread commerce.conversation_thread)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := p_thread;
begin
  if p_thread.status = 'snoozed' then
    perform internal.write_thread_status(p_thread, 'open');
    v_thread.status := 'open';
  end if;
  perform internal.write_thread_status(v_thread, 'closed');
end
$$;

grant execute on function internal.close_thread(commerce.conversation_thread) to commerce_definer;
comment on function internal.close_thread(commerce.conversation_thread) is
  'Closes a thread that is locked and not closed, from whichever status it has.';
