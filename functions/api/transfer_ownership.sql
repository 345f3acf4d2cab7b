create or replace function api.transfer_ownership(p_member_id uuid, p_expected_version integer)
  returns api.team_members
  language plpgsql
  volatile
  security definer  -- lends: writing the team
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member commerce.team_members := internal.member_for_update(p_member_id, p_expected_version);
begin
  perform internal.require_grantable('owner', '{}');
  if v_member.role = 'owner' then
    raise exception using
      errcode = 'SCDUP',
      message = 'this member is an owner already',
      detail = json_build_object('field', 'member_id')::text;
  elsif v_member.role = 'service' then
    perform internal.refuse_input('member_id', 'must be a person');
  end if;

  update commerce.team_members as m
     set role = case when m.id = v_member.id then 'owner' else 'admin' end, version = m.version
   where m.tenant_id = v_member.tenant_id
     and (m.id = v_member.id or m.user_id = internal.user_id());
  return internal.member_view(v_member.id);
end
$$;

alter function api.transfer_ownership(uuid, integer) owner to commerce_definer;
grant execute on function api.transfer_ownership(uuid, integer) to commerce_member;
comment on function api.transfer_ownership(uuid, integer) is
  'Makes a member the owner in place of the current owner, who becomes admin. The sessions of both end. Only an owner may do this. SCPRM, SCNTF, SCDUP when the member is an owner already, SCVER, SCVRQ, SCVAL for a service.';
