create or replace function internal.require_team_place(p_tier text, p_reserved integer)
  returns void
  language plpgsql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_limit integer := (select s.max_team_members from commerce.subscription_plan as s where s.code = p_tier);
  v_used integer := p_reserved + (
    select count(*)
      from commerce.team_members as m
     where m.tenant_id = internal.tenant_id() and m.is_active and m.role <> 'service'
  );
begin
  if v_used >= v_limit then
    raise exception using
      errcode = 'SCLIM',
      message = 'the plan allows no further team member',
      detail = json_build_object('metric', 'team_members', 'limit', v_limit, 'used', v_used)::text,
      hint = 'Deactivate a member, revoke an invitation, or move to a larger plan.';
  end if;
end
$$;

grant execute on function internal.require_team_place(text, integer) to commerce_definer;
comment on function internal.require_team_place(text, integer) is
  'SCLIM when active members, services aside, and reserved places together have reached the plan''s limit; call it after internal.lock_tenant.';
