create or replace function internal.thread_for_update(p_thread_id uuid, p_expected_version integer)
  returns commerce.conversation_thread
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('conversations.reply');
  v_thread commerce.conversation_thread;
begin
  select t.*
    into v_thread
    from commerce.conversation_thread as t
   where t.tenant_id = v_tenant_id and t.id = p_thread_id
     for no key update;
  if not found then
    perform internal.refuse_missing('thread_id');
  end if;
  if v_thread.assigned_member_id is not null and not exists (
    select
      from commerce.team_members as m
     where m.tenant_id = v_tenant_id
       and m.id = v_thread.assigned_member_id
       and m.user_id = internal.user_id()
  ) then
    perform internal.require_permission('conversations.manage');
  end if;
  perform internal.require_version(p_expected_version, v_thread.version, 'conversation_thread', v_thread.id);
  return v_thread;
end
$$;

grant execute on function internal.thread_for_update(uuid, integer) to commerce_definer;
comment on function internal.thread_for_update(uuid, integer) is
  'Locks a thread that the caller may deal with, at the version the caller read: a thread that is unassigned or assigned to the caller with conversations.reply, one that is assigned to another member with conversations.manage. SCTEN, SCPRM, SCNTF, SCVRQ, SCVER.';
