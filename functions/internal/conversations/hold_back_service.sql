create or replace function internal.hold_back_service(p_thread commerce.conversation_thread)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  if internal.is_service() and internal.is_answered_by_person(p_thread) then
    raise exception using
      errcode = 'SCPRM',
      message = 'a person answers in this thread',
      detail = json_build_object('field', 'thread_id')::text,
      hint = 'A service goes on when the thread is assigned to nobody, or to a service.';
  end if;
end
$$;

grant execute on function internal.hold_back_service(commerce.conversation_thread) to commerce_definer;
comment on function internal.hold_back_service(commerce.conversation_thread) is
  'Refuses a service (SCPRM) in a thread that a person answers.';
