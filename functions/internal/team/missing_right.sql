-- This is checked for a member who invites or changes another, and again when an invitation is accepted: a right that a
-- member gives must not outlast the right to give it.
create or replace function internal.missing_right(p_user_id uuid, p_role text, p_permissions text[])
  returns text
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  with giver as (
    select m.role, m.permissions
      from commerce.team_members as m
     where m.tenant_id = internal.tenant_id() and m.user_id = p_user_id and m.is_active
  )
  select min(missing.code)
    from (
      (
        select 'team.manage' as code
        union
        select r.permission_code from commerce.role_permission as r where r.role = p_role
        union
        select unnest(p_permissions)
        union
        -- Both hold every permission, so owner counts as one: only owners make admins and owners.
        select 'owner' where p_role in ('owner', 'admin')
      )
      except
      (
        select r.permission_code from giver as g join commerce.role_permission as r on r.role = g.role
        union all
        select unnest(g.permissions) from giver as g
        union all
        select 'owner' from giver as g where g.role = 'owner'
      )
    ) as missing
$$;

grant execute on function internal.missing_right(uuid, text, text[]) to commerce_definer;
comment on function internal.missing_right(uuid, text, text[]) is
  'What a user lacks to give a person a team role with extra permissions: a permission code, or owner; NULL when nothing is missing. No member gives more than they have, and only owners give admin and owner.';
