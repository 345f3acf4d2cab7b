create or replace view api.complaints
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.user_id,
       t.order_id,
       t.product_id,
       t.thread_id,
       t.assigned_member_id,
       t.resolved_at,
       t.type,
       t.status,
       t.tier,
       t.description,
       t.resolution,
       t.escalation_reason,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.complaints as t;

select internal.copy_comments('api.complaints', 'commerce.complaints');
