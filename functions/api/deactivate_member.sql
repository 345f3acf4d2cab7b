create or replace function api.deactivate_member(p_member_id uuid, p_expected_version integer)
  returns api.team_members
  language plpgsql
  volatile
  security definer  -- lends: writing the team and what is assigned to it
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_member commerce.team_members := internal.member_for_update(p_member_id, p_expected_version);
begin
  update commerce.team_members as m
     set is_active = false, deactivated_at = now(), version = m.version
   where m.tenant_id = v_member.tenant_id and m.id = v_member.id;
  perform internal.require_remaining_owner();
  perform internal.unassign_threads(v_member.id);
  return internal.member_view(v_member.id);
end
$$;

alter function api.deactivate_member(uuid, integer) owner to commerce_definer;
grant execute on function api.deactivate_member(uuid, integer) to commerce_member;
comment on function api.deactivate_member(uuid, integer) is
  'Removes a member from the team: ends their sessions and unassigns their threads that are not closed. An invitation brings the member back. Needs team.manage and every permission that the member has; only owners deactivate admins and owners. SCPRM, SCNTF, SCVER, SCVRQ, SCOWN.';
