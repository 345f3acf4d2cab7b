create or replace function api.decline_team_invite(p_token text)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: answering an invitation in the tenant that invites
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_session_id text := current_setting('commerce.session', true);
  v_invite commerce.team_invites := internal.invite_for_answer(p_token, 'declined');
begin
  update commerce.team_invites as i
     set status = 'declined', responded_at = now()
   where i.tenant_id = v_invite.tenant_id and i.id = v_invite.id;
  perform set_config('commerce.session', v_session_id, true);
end
$$;

alter function api.decline_team_invite(text) owner to commerce_definer;
grant execute on function api.decline_team_invite(text) to commerce_member, commerce_buyer;
comment on function api.decline_team_invite(text) is
  'Declines an invitation, in the session that could accept it. SCNTF, SCEXP, SCDUP when it has been accepted, SCTRN, SCTEN, SCPRM.
@param token The token of the invitation.';
