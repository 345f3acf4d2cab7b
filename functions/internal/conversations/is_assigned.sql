create or replace function internal.is_assigned(p_thread commerce.conversation_thread)
  returns boolean
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select
      from commerce.team_members as m
     where m.tenant_id = internal.tenant_id()
       and m.id = p_thread.assigned_member_id
       and m.user_id = internal.user_id()
  )
$$;

grant execute on function internal.is_assigned(commerce.conversation_thread) to commerce_definer;
comment on function internal.is_assigned(commerce.conversation_thread) is 'Whether the caller is the one who answers in this thread.';
