create or replace view api.order_status_history
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.changed_by,
       t.field,
       t.from_value,
       t.to_value,
       t.reason,
       t.created_at
  from commerce.order_status_history as t;

select internal.copy_comments('api.order_status_history', 'commerce.order_status_history', '@name order_status_change');
