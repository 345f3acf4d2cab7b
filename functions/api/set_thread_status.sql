create or replace function api.set_thread_status(p_thread_id uuid, p_status text, p_expected_version integer)
  returns api.conversation_thread
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := internal.thread_for_update(p_thread_id, p_expected_version);
begin
  perform internal.refuse_faults(
    internal.set_fault('status', p_status, 'conversation_thread', 'status'),
    case when p_status = 'snoozed'
      then internal.fault('status', 'must not be snoozed: call snooze_thread for that') end
  );
  return internal.change_thread_status(v_thread, p_status);
end
$$;

alter function api.set_thread_status(uuid, text, integer) owner to commerce_definer;
grant execute on function api.set_thread_status(uuid, text, integer) to commerce_member, commerce_worker;
comment on function api.set_thread_status(uuid, text, integer) is
  'Opens, resolves or closes a thread, or sets it to pending, which means that it waits for the customer. A closed thread stays closed: the customer''s next message opens another. Needs conversations.reply, and conversations.manage for a thread that is assigned to another member. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.';
