create or replace function api.resend_team_invite(
  p_invite_id uuid,
  p_valid_for interval default '7 days',
  out invite_id uuid,
  out token text,
  out expires_at timestamptz
)
  language plpgsql
  volatile
  security definer  -- lends: writing invitations
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_invite commerce.team_invites := internal.invite_for_update(p_invite_id, 'pending');
begin
  invite_id := v_invite.id;
  token := internal.new_invite_token();
  expires_at := internal.invite_end(p_valid_for);
  -- The member who sends it again is responsible for it from now on, even if the member who made it has left.
  update commerce.team_invites as i
     set token_hash = sha256(convert_to(token, 'UTF8')),
         expires_at = resend_team_invite.expires_at,
         created_by = internal.user_id(),
         resent_count = i.resent_count + 1
   where i.tenant_id = v_invite.tenant_id and i.id = v_invite.id;
end
$$;

alter function api.resend_team_invite(uuid, interval) owner to commerce_definer;
grant execute on function api.resend_team_invite(uuid, interval) to commerce_member;
comment on function api.resend_team_invite(uuid, interval) is
  'Gives an open invitation a new token, shown only here, and a new expiry; the former token is no longer valid. Needs team.manage and the permissions that such an invitation needs. SCPRM, SCNTF, SCTRN, SCVAL.
@rowName renewed_team_invite
@param invite_id The invitation.
@param valid_for For how long the invitation is valid from now; 7 days when it is left out.
@returns invite_id! {team_invites.id} The invitation.
@returns token! The token that opens the invitation; it is never shown again.
@returns expires_at! {team_invites.expires_at}';
