-- Requires: functions/api/views/team_members.sql
create or replace function internal.member_view(p_member_id uuid)
  returns api.team_members
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select m.*
    from api.team_members as m
   where m.tenant_id = internal.tenant_id() and m.id = p_member_id
$$;

grant execute on function internal.member_view(uuid) to commerce_definer;
comment on function internal.member_view(uuid) is
  'A member as the view shows it: what the team functions return.';
