create or replace view api.team_members
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.invited_by,
       t.is_active,
       t.joined_at,
       t.deactivated_at,
       t.role,
       t.permissions,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.team_members as t;

select internal.copy_comments('api.team_members', 'commerce.team_members');
