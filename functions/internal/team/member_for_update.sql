create or replace function internal.member_for_update(p_member_id uuid, p_expected_version integer)
  returns commerce.team_members
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('team.manage');
  v_member commerce.team_members;
begin
  perform internal.lock_tenant();
  select m.*
    into v_member
    from commerce.team_members as m
   where m.tenant_id = v_tenant_id and m.id = p_member_id and m.is_active
     for no key update;
  if not found then
    perform internal.refuse_missing('member_id');
  end if;
  perform internal.require_version(p_expected_version, v_member.version, 'team_members', v_member.id);
  -- Members may give away their own rights.
  if v_member.user_id <> internal.user_id() then
    perform internal.require_grantable(v_member.role, v_member.permissions);
  end if;
  return v_member;
end
$$;

grant execute on function internal.member_for_update(uuid, integer) to commerce_definer;
comment on function internal.member_for_update(uuid, integer) is
  'Locks an active member, with the whole team, whom the current user may change. SCPRM, SCNTF, SCVRQ, SCVER.';
