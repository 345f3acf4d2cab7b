create or replace view api.violations
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.complaint_id,
       t.issued_by,
       t.start_at,
       t.end_at,
       t.resolved_at,
       t.type,
       t.severity,
       t.action,
       t.status,
       t.reason,
       t.details,
       t.created_at,
       t.updated_at
  from commerce.violations as t;

select internal.copy_comments('api.violations', 'commerce.violations');
