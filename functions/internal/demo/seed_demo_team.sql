create or replace function internal.seed_demo_team(p_shop jsonb, p_owner_id uuid)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_host text := p_shop ->> 'host';
  v_person record;
  v_user_id uuid;
  v_admin_id uuid;
begin
  for v_person in
    select r.role, p_shop -> 'team' ->> r.number::integer - 1 as name
      from unnest(array['admin', 'manager', 'editor', 'viewer']) with ordinality as r (role, number)
  loop
    insert into commerce.users (tenant_id, email, auth_subject, display_name)
    values (
      v_tenant_id, v_person.role || '@' || v_host, format('demo-%s-%s', v_person.role, p_shop ->> 'number'),
      v_person.name
    )
    returning id into v_user_id;
    insert into commerce.team_members (tenant_id, user_id, role, invited_by)
    values (v_tenant_id, v_user_id, v_person.role, p_owner_id);
    v_admin_id := coalesce(v_admin_id, v_user_id);
    insert into commerce.team_invites (
      tenant_id, created_by, accepted_by, email, role, status, responded_at, token_hash
    )
    values (
      v_tenant_id, p_owner_id, v_user_id, v_person.role || '@' || v_host, v_person.role, 'accepted', now(),
      sha256(internal.uuid_v7()::text::bytea)
    );
  end loop;
  insert into commerce.team_invites (tenant_id, created_by, email, role, message, token_hash)
  values (
    v_tenant_id, p_owner_id, 'new.editor@' || v_host, 'editor', 'Help us with the storefront.',
    sha256(internal.uuid_v7()::text::bytea)
  );

  insert into commerce.notification_preferences (tenant_id, user_id, notification_type, whatsapp_enabled)
  select v_tenant_id, p_owner_id, t.type, true
    from unnest(array['order_created', 'low_stock', 'new_message']) as t (type);
  return v_admin_id;
end
$$;

grant execute on function internal.seed_demo_team(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_team(jsonb, uuid) is
  'Gives a demo shop one member of each role beside its owner (logins demo-ROLE-N) and their invitations, one still open; returns the admin''s users id.';
