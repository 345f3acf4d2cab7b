create or replace function api.add_note(p_thread_id uuid, p_note text)
  returns api.conversation_event
  language plpgsql
  volatile
  security definer  -- lends: writing conversation events
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_event_id uuid;
  v_event api.conversation_event;
begin
  -- This number of characters fits into an event, in whichever way JSON escapes them.
  perform internal.require_text('note', p_note, 10000);

  v_event_id := internal.add_thread_event(p_thread_id, 'note_added', jsonb_build_object('note', p_note));
  if v_event_id is null then
    perform internal.refuse_missing('thread_id');
  end if;
  select e.*
    into v_event
    from api.conversation_event as e
   where e.tenant_id = v_tenant_id and e.id = v_event_id;
  return v_event;
end
$$;

alter function api.add_note(uuid, text) owner to commerce_definer;
grant execute on function api.add_note(uuid, text) to commerce_member, commerce_worker;
comment on function api.add_note(uuid, text) is
  'Adds a note of at most 10,000 characters to a thread, which only staff see. A note is an event, never a message; its text is in metadata.note. Needs conversations.reply. SCPRM, SCNTF, SCVAL.
@param note What staff should know.';
