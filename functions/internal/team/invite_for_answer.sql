create or replace function internal.invite_for_answer(p_token text, p_next_status text)
  returns commerce.team_invites
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_email text := internal.email();
  v_tenant_id uuid;
  v_invite commerce.team_invites;
  v_tenant commerce.tenant;
begin
  if internal.subject() is null or v_email is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'only a person who has logged in with a verified e-mail address answers an invitation',
      detail = json_build_object('permission', 'verified_email')::text;
  end if;
  -- A text that is not a token, a token whose tenant does not exist, and another person's token get the same message,
  -- and nothing is locked.
  if coalesce(p_token !~ '^[A-Za-z0-9_-]{64}$', true) then
    perform internal.refuse_missing('token');
  end if;
  v_tenant_id := encode(substring(decode(translate(p_token, '-_', '+/'), 'base64') from 1 for 16), 'hex')::uuid;
  perform internal.adopt_invited_tenant(v_tenant_id);
  select i.*
    into v_invite
    from commerce.team_invites as i
   where i.tenant_id = v_tenant_id
     and i.token_hash = sha256(convert_to(p_token, 'UTF8'))
     -- A token that was sent to a telephone is enough to identify its owner; one that was sent by e-mail needs the
     -- verified address as well.
     and coalesce(i.email = v_email, true);
  if not found then
    perform internal.refuse_missing('token');
  end if;

  perform internal.refuse_moving(v_tenant_id);
  v_tenant := internal.lock_tenant();
  if not (v_tenant.is_active and v_tenant.status in ('active', 'closing')) then
    raise exception using errcode = 'SCTEN', message = 'the tenant is not active';
  end if;
  -- The invitation is read again, as it is now: it may have been answered, revoked or sent again while this transaction
  -- waited.
  select i.*
    into v_invite
    from commerce.team_invites as i
   where i.tenant_id = v_tenant_id and i.token_hash = v_invite.token_hash
     for no key update;
  if not found then
    perform internal.refuse_missing('token');
  end if;
  if v_invite.status = 'accepted' then
    raise exception using
      errcode = 'SCDUP',
      message = 'this invitation has been accepted already',
      detail = json_build_object('field', 'token')::text;
  elsif v_invite.status = 'expired' or v_invite.status = 'pending' and v_invite.expires_at <= now() then
    raise exception using
      errcode = 'SCEXP',
      message = 'this invitation has expired',
      detail = json_build_object('field', 'token')::text,
      hint = 'Ask for another invitation.';
  elsif v_invite.status <> 'pending' then
    perform internal.require_transition('team_invites.status', v_invite.status, p_next_status);
  end if;
  return v_invite;
end
$$;

grant execute on function internal.invite_for_answer(text, text) to commerce_definer;
comment on function internal.invite_for_answer(text, text) is
  'Finds the invitation of a token for the current person, enters its tenant and locks its team. The caller sets the session back. SCPRM, SCNTF, SCTEN, SCDUP, SCEXP, SCTRN.';
