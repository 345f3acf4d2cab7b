create or replace function internal.is_answered_by_person(p_thread commerce.conversation_thread)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
      from commerce.team_members as m
     where m.tenant_id = p_thread.tenant_id and m.id = p_thread.assigned_member_id and m.role <> 'service'
  )
$$;

grant execute on function internal.is_answered_by_person(commerce.conversation_thread) to commerce_definer;
comment on function internal.is_answered_by_person(commerce.conversation_thread) is
  'Whether a thread is assigned to a person of the team, and to no service.';
