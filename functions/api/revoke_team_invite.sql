create or replace function api.revoke_team_invite(p_invite_id uuid)
  returns api.team_invites
  language plpgsql
  volatile
  security definer  -- lends: writing invitations
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_invite commerce.team_invites := internal.invite_for_update(p_invite_id, 'revoked');
  v_row api.team_invites;
begin
  update commerce.team_invites as i
     set status = 'revoked'
   where i.tenant_id = v_invite.tenant_id and i.id = v_invite.id;
  select i.* into v_row from api.team_invites as i where i.tenant_id = v_invite.tenant_id and i.id = v_invite.id;
  return v_row;
end
$$;

alter function api.revoke_team_invite(uuid) owner to commerce_definer;
grant execute on function api.revoke_team_invite(uuid) to commerce_member;
comment on function api.revoke_team_invite(uuid) is
  'Revokes an open invitation. Needs team.manage and the permissions that such an invitation needs. SCPRM, SCNTF, SCTRN.';
