create or replace function internal.invite_for_update(p_invite_id uuid, p_next_status text)
  returns commerce.team_invites
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('team.manage');
  v_invite commerce.team_invites;
begin
  select i.*
    into v_invite
    from commerce.team_invites as i
   where i.tenant_id = v_tenant_id and i.id = p_invite_id
     for no key update;
  if not found then
    perform internal.refuse_missing('invite_id');
  end if;
  perform internal.require_grantable(v_invite.role, v_invite.permissions);
  if v_invite.status <> 'pending' then
    perform internal.require_transition('team_invites.status', v_invite.status, p_next_status);
  end if;
  return v_invite;
end
$$;

grant execute on function internal.invite_for_update(uuid, text) to commerce_definer;
comment on function internal.invite_for_update(uuid, text) is
  'Locks an open invitation that the current user could have made. SCPRM, SCNTF, SCTRN.';
