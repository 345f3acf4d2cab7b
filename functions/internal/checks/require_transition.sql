create or replace function internal.require_transition(p_machine text, p_from text, p_to text)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_rule internal.state_transition;
  v_role text := internal.session_role();
begin
  select t.*
    into v_rule
    from internal.state_transition as t
   where t.machine = p_machine and t.from_state = p_from and t.to_state = p_to;
  if not found then
    raise exception using
      errcode = 'SCTRN',
      message = format('%s cannot go from %s to %s', p_machine, p_from, p_to),
      detail = json_build_object('machine', p_machine, 'from', p_from, 'to', p_to)::text;
  end if;
  -- A worker has every permission, so a separate column decides for it.
  if v_role = 'commerce_buyer' and v_rule.buyer_may
    or v_role = 'commerce_worker' and v_rule.worker_may
  then
    return;
  elsif v_role = 'commerce_worker' then
    raise exception using
      errcode = 'SCPRM',
      message = 'a worker may not make this change',
      detail = json_build_object('permission', v_rule.permission)::text;
  end if;
  perform internal.require_permission(v_rule.permission);
end
$$;

grant execute on function internal.require_transition(text, text, text) to commerce_definer;
comment on function internal.require_transition(text, text, text) is
  'Refuses a change of state that internal.state_transition does not have (SCTRN) or does not allow to the caller (SCPRM).';
