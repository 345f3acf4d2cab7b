-- Undo: drop function internal.unassign_threads(uuid);
create or replace function internal.unassign_threads(p_member_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = ''
as $$
  with freed as (
    update commerce.conversation_thread as t
       set assigned_member_id = null, version = t.version
     where t.tenant_id = internal.tenant_id()
       and t.assigned_member_id = p_member_id
       and t.status <> 'closed'
    returning t.tenant_id, t.id
  )
  insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type, metadata)
  select f.tenant_id, f.id, latest.id, 'unassigned', jsonb_build_object('member_id', p_member_id)
    from freed as f
   -- An event stands beside a message.
   cross join lateral (
     select h.id
       from commerce.conversation_history as h
      where h.tenant_id = f.tenant_id and h.thread_id = f.id
      order by h.occurred_at desc, h.id desc
      limit 1
   ) as latest
$$;

grant execute on function internal.unassign_threads(uuid) to commerce_definer;
comment on function internal.unassign_threads(uuid) is
  'Takes the threads that are not closed from a member, with an event each.';
