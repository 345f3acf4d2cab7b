create or replace function api.assign_thread(
  p_thread_id uuid,
  p_expected_version integer,
  p_member_id uuid default null
)
  returns api.conversation_thread
  language plpgsql
  volatile
  security definer  -- lends: writing the thread's assignment
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_thread commerce.conversation_thread := internal.thread_for_update(p_thread_id, p_expected_version);
  v_user_id uuid;
begin
  if v_thread.status = 'closed' then
    perform internal.require_transition('conversation_thread.status', 'closed', 'open');
  elsif v_thread.assigned_member_id is not distinct from p_member_id then
    return internal.thread_view(p_thread_id);
  end if;
  if p_member_id is not null then
    -- A transaction that deactivates the member waits for this one, and then frees this thread as well.
    select m.user_id
      into v_user_id
      from commerce.team_members as m
     where m.tenant_id = v_thread.tenant_id and m.id = p_member_id and m.is_active
       for share;
    if not found then
      perform internal.refuse_missing('member_id');
    elsif v_user_id is distinct from internal.user_id() then
      perform internal.require_permission('conversations.manage');
    end if;
  end if;

  update commerce.conversation_thread as t
     set assigned_member_id = p_member_id, version = t.version
   where t.tenant_id = v_thread.tenant_id and t.id = p_thread_id;
  perform internal.add_thread_event(
    p_thread_id,
    case when p_member_id is null then 'unassigned' else 'assigned' end,
    jsonb_strip_nulls(
      jsonb_build_object('fromMemberId', v_thread.assigned_member_id, 'memberId', p_member_id)));
  return internal.thread_view(p_thread_id);
end
$$;

alter function api.assign_thread(uuid, integer, uuid) owner to commerce_definer;
grant execute on function api.assign_thread(uuid, integer, uuid) to commerce_member, commerce_worker;
comment on function api.assign_thread(uuid, integer, uuid) is
  'Assigns a thread to an active team member, or without member_id to nobody. Members need conversations.reply to take an unassigned thread or to give up their own, and conversations.manage for every other assignment. SCPRM, SCNTF, SCVER, SCVRQ, SCTRN for a closed thread.
@param member_id The team member who is to answer; without one, nobody.';
