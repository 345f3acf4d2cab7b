create or replace function api.change_member_role(p_member_id uuid, p_role text, p_expected_version integer)
  returns api.team_members
  language plpgsql
  volatile
  security definer  -- lends: writing the team
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member commerce.team_members := internal.member_for_update(p_member_id, p_expected_version);
begin
  perform internal.require_in_set('role', p_role, 'team_members', 'role');
  if (p_role = 'service') <> (v_member.role = 'service') then
    perform internal.refuse_input('role', 'must not make a service of a person, or a person of a service');
  end if;
  perform internal.require_grantable(p_role, v_member.permissions);

  update commerce.team_members as m
     set role = p_role, version = m.version
   where m.tenant_id = v_member.tenant_id and m.id = v_member.id;
  perform internal.require_remaining_owner();
  return internal.member_view(v_member.id);
end
$$;

alter function api.change_member_role(uuid, text, integer) owner to commerce_definer;
grant execute on function api.change_member_role(uuid, text, integer) to commerce_member;
comment on function api.change_member_role(uuid, text, integer) is
  'Gives a member another role, and ends the member''s sessions. Needs team.manage; nobody grants or removes permissions that they do not have, and only owners make or change admins and owners. SCPRM, SCNTF, SCVER, SCVRQ, SCOWN, SCVAL.';
