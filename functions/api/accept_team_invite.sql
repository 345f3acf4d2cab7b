create or replace function api.accept_team_invite(
  p_token text,
  out tenant_id uuid,
  out tenant_name text,
  out user_id uuid,
  out member_id uuid,
  out role text
)
  language plpgsql
  volatile
  security definer  -- lends: making the person's own users and team_members rows in the tenant that invites
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_session_id text := current_setting('commerce.session', true);
  v_invite commerce.team_invites := internal.invite_for_answer(p_token, 'accepted');
  v_user_id uuid := internal.user_id();
  v_tenant commerce.tenant := internal.lock_tenant();
  v_constraint text;
begin
  -- The member who sent the invitation may have left the team, or lost rights, since then.
  if internal.missing_right(v_invite.created_by, v_invite.role, v_invite.permissions) is not null then
    raise exception using
      errcode = 'SCEXP',
      message = 'this invitation is no longer valid',
      detail = json_build_object('field', 'token')::text,
      hint = 'Ask for another invitation.';
  end if;
  perform internal.require_team_place(v_tenant.subscription_tier, 0);

  if v_user_id is null then
    insert into commerce.users (tenant_id, email, auth_subject)
    values (v_tenant.id, internal.email(), internal.subject())
    returning id into v_user_id;
    perform internal.bind_user(v_user_id);
  end if;
  insert into commerce.team_members as m (tenant_id, user_id, role, permissions, invited_by)
  values (v_tenant.id, v_user_id, v_invite.role, v_invite.permissions, v_invite.created_by)
  on conflict (tenant_id, user_id) do update
     set role = excluded.role, permissions = excluded.permissions, invited_by = excluded.invited_by,
         is_active = true, joined_at = now(), deactivated_at = null, version = m.version
   where not m.is_active
  returning m.id into member_id;
  if member_id is null then
    raise exception using
      errcode = 'SCDUP',
      message = 'you are on this team already',
      detail = json_build_object('field', 'user_id')::text;
  end if;
  update commerce.team_invites as i
     set status = 'accepted', accepted_by = v_user_id, responded_at = now()
   where i.tenant_id = v_tenant.id and i.id = v_invite.id;

  tenant_id := v_tenant.id;
  tenant_name := v_tenant.name;
  user_id := v_user_id;
  role := v_invite.role;
  perform set_config('commerce.session', v_session_id, true);
exception
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    raise exception using
      errcode = 'SCDUP',
      message = 'another login of this shop has this address',
      detail = json_build_object(
        'field', case when v_constraint like '%email%' then 'email' else 'subject' end)::text;
end
$$;

alter function api.accept_team_invite(text) owner to commerce_definer;
grant execute on function api.accept_team_invite(text) to commerce_member, commerce_buyer;
comment on function api.accept_team_invite(text) is
  'Joins the team that the token invites to. The session may be of any tenant or of none, and must have a subject and a verified e-mail address, which is the invitation''s where the invitation names one. A new session of the tenant with the role member then has the rights. SCNTF, SCEXP when the invitation has expired or the member who sent it may no longer invite, SCDUP when it has been accepted, the person is on the team already, or another login has the address, SCTRN when it was declined or revoked, SCLIM, SCTEN, SCPRM.
@rowName membership
@param token The token of the invitation.
@returns tenant_id! The tenant, for which a token can be requested.
@returns tenant_name! {tenant.name}
@returns user_id! The person''s id in that tenant.
@returns member_id! {team_members.id} The membership of its team.
@returns role! {team_members.role}';
