create or replace view api.team_invites
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.created_by,
       t.accepted_by,
       t.resent_count,
       t.expires_at,
       t.responded_at,
       t.email,
       t.phone_number,
       t.role,
       t.permissions,
       t.status,
       t.message,
       t.created_at,
       t.updated_at
  from commerce.team_invites as t;

select internal.copy_comments('api.team_invites', 'commerce.team_invites');
