create or replace function api.snooze_thread(
  p_thread_id uuid,
  p_until timestamptz,
  p_expected_version integer
)
  returns api.conversation_thread
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's status
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := internal.thread_for_update(p_thread_id, p_expected_version);
begin
  if coalesce(p_until <= now() or p_until > now() + interval '1 year', true) then
    perform internal.refuse_input('until', 'must be within the coming year');
  end if;
  return internal.change_thread_status(v_thread, 'snoozed', p_until);
end
$$;

alter function api.snooze_thread(uuid, timestamptz, integer) owner to commerce_definer;
grant execute on function api.snooze_thread(uuid, timestamptz, integer) to commerce_member, commerce_worker;
comment on function api.snooze_thread(uuid, timestamptz, integer) is
  'Snoozes an open thread until a time within the coming year, or until its customer writes; then it is open again. Needs conversations.reply, and conversations.manage for a thread that is assigned to another member. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN, SCVAL.
@param until When the thread is open again.';
