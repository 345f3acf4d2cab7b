create or replace function api.create_team_invite(
  p_role text,
  p_email text default null,
  p_phone_number text default null,
  p_permissions text[] default '{}',
  p_valid_for interval default '7 days',
  p_message text default null,
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
  v_tenant_id uuid := internal.require_permission('team.manage');
  v_email text := nullif(lower(btrim(p_email)), '');
  v_permissions text[] := internal.read_permissions(p_permissions);
  v_tenant commerce.tenant;
  v_constraint text;
begin
  perform internal.refuse_faults(
    internal.set_fault('role', p_role, 'team_invites', 'role'),
    case when p_role = 'owner'
      then internal.fault('role', 'must not be owner: invite the person, then call transfer_ownership') end,
    case when v_email is null and p_phone_number is null
      then internal.fault('email', 'or phone_number must be given') end,
    case when v_email !~ '^[^[:space:]@]+@[^[:space:]@]+$' or length(v_email) > 255
      then internal.fault('email', 'must be an e-mail address') end,
    internal.phone_number_fault('phone_number', p_phone_number),
    internal.length_fault('message', p_message, 65536)
  );
  expires_at := internal.invite_end(p_valid_for);
  perform internal.require_grantable(p_role, v_permissions);

  v_tenant := internal.lock_tenant();
  if exists (
    select
      from commerce.users as u
      join commerce.team_members as m on m.tenant_id = u.tenant_id and m.user_id = u.id
     where u.tenant_id = v_tenant_id and u.email = v_email and not u.is_deleted and m.is_active
  ) then
    raise exception using
      errcode = 'SCDUP',
      message = 'this person is on the team already',
      detail = json_build_object('field', 'email')::text;
  end if;
  -- An expired invitation must not block a new one, even if the periodic job has not marked it as expired yet.
  update commerce.team_invites as i
     set status = 'expired'
   where i.tenant_id = v_tenant_id and i.status = 'pending' and i.expires_at <= now();
  perform internal.require_team_place(
    v_tenant.subscription_tier,
    (select count(*)::integer
       from commerce.team_invites as i
      where i.tenant_id = v_tenant_id and i.status = 'pending'));

  token := internal.new_invite_token();
  insert into commerce.team_invites as i (
    tenant_id, expires_at, email, phone_number, role, permissions, message, token_hash
  )
  values (
    v_tenant_id, create_team_invite.expires_at, v_email, p_phone_number, p_role, v_permissions, p_message,
    sha256(convert_to(token, 'UTF8'))
  )
  returning i.id into invite_id;
exception
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    raise exception using
      errcode = 'SCDUP',
      message = 'there is an open invitation to this address',
      detail = json_build_object(
        'field', case when v_constraint like '%email%' then 'email' else 'phone_number' end)::text,
      hint = 'Send that one again with resend_team_invite.';
end
$$;

alter function api.create_team_invite(text, text, text, text[], interval, text) owner to commerce_definer;
grant execute on function api.create_team_invite(text, text, text, text[], interval, text) to commerce_member;
comment on function api.create_team_invite(text, text, text, text[], interval, text) is
  'Invites somebody to the team, by e-mail, by telephone or both, for 1 hour to 30 days. Returns the token, which is never shown again and goes into the message to the person. Needs team.manage; nobody grants permissions that they do not have, only owners invite admins, and nobody is invited as owner (transfer_ownership makes one of a member). SCPRM, SCDUP, SCLIM, SCVAL with the field.
@rowName new_team_invite
@param role {team_members.role}
@param email {team_invites.email}
@param phone_number {team_invites.phone_number}
@param permissions {team_invites.permissions}
@param valid_for For how long the invitation is valid, 1 hour to 30 days; 7 days when it is left out.
@param message {team_invites.message}
@returns invite_id! {team_invites.id} The invitation.
@returns token! The token that opens the invitation; it is never shown again.
@returns expires_at! {team_invites.expires_at}';
