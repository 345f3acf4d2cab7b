create or replace view api.order_adjustment
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.created_by,
       t.currency_code,
       t.amount,
       t.part,
       t.reason,
       t.created_at
  from commerce.order_adjustment as t;

select internal.copy_comments('api.order_adjustment', 'commerce.order_adjustment');
