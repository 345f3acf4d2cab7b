create or replace function internal.unassign_threads(p_member_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  with freed as (
    update commerce.conversation_thread as t
       set assigned_member_id = null, version = t.version
     where t.tenant_id = internal.tenant_id()
       and t.assigned_member_id = p_member_id
       and t.status <> 'closed'
    returning t.id
  )
  select internal.add_thread_event(f.id, 'unassigned', jsonb_build_object('fromMemberId', p_member_id))
    from freed as f
$$;

grant execute on function internal.unassign_threads(uuid) to commerce_definer;
comment on function internal.unassign_threads(uuid) is
  'Takes the threads that are not closed from a member, with an event each.';
