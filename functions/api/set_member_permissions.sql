create or replace function api.set_member_permissions(
  p_member_id uuid,
  p_permissions text[],
  p_expected_version integer
)
  returns api.team_members
  language plpgsql
  volatile
  security definer  -- lends: writing the team
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member commerce.team_members := internal.member_for_update(p_member_id, p_expected_version);
  v_permissions text[] := internal.read_permissions(p_permissions);
begin
  perform internal.require_grantable(v_member.role, v_permissions);

  update commerce.team_members as m
     set permissions = v_permissions, version = m.version
   where m.tenant_id = v_member.tenant_id and m.id = v_member.id;
  return internal.member_view(v_member.id);
end
$$;

alter function api.set_member_permissions(uuid, text[], integer) owner to commerce_definer;
grant execute on function api.set_member_permissions(uuid, text[], integer) to commerce_member;
comment on function api.set_member_permissions(uuid, text[], integer) is
  'Sets what a member may do beyond the role, and ends the member''s sessions. Needs team.manage; nobody grants or removes permissions that they do not have, and only owners change admins and owners. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.';
