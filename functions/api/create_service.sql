create or replace function api.create_service(p_name text, p_subject text, p_permissions text[] default '{}')
  returns api.team_members
  language plpgsql
  volatile
  security definer  -- lends: writing users and the team
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_permission('team.manage');
  v_permissions text[] := internal.read_permissions(p_permissions);
  v_user_id uuid;
  v_member_id uuid;
begin
  perform internal.require_text('name', p_name, 200);
  perform internal.require_text('subject', p_subject, 255);
  perform internal.require_grantable('service', v_permissions);
  -- This locks as every function does that changes a team; no place of the plan is taken.
  perform internal.lock_tenant();

  insert into commerce.users (tenant_id, auth_subject, display_name)
  values (v_tenant_id, p_subject, btrim(p_name))
  on conflict do nothing
  returning id into v_user_id;
  if not found then
    raise exception using
      errcode = 'SCDUP',
      message = 'another user has this subject already',
      detail = json_build_object('field', 'subject')::text;
  end if;
  insert into commerce.team_members (tenant_id, user_id, role, permissions)
  values (v_tenant_id, v_user_id, 'service', v_permissions)
  returning id into v_member_id;
  return internal.member_view(v_member_id);
end
$$;

alter function api.create_service(text, text, text[]) owner to commerce_definer;
grant execute on function api.create_service(text, text, text[]) to commerce_member;
comment on function api.create_service(text, text, text[]) is
  'Makes an identity for a bot or another program of the merchant: a user and a member of the team with the role service, which does not count against the plan''s limit and has no e-mail address. Its tokens have the role member and this subject. It writes to customers and places orders under its own name, but not in threads that a person answers. deactivate_member ends it. Needs team.manage; nobody grants permissions that they do not have. SCPRM, SCDUP for a subject that another user has, SCVAL.
@param name The name of the program.
@param subject The subject of its tokens, which for a program is its client id at the identity provider.
@param permissions {team_members.permissions}';
