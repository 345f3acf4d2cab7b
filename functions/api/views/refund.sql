create or replace view api.refund
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.payment_id,
       t.order_return_id,
       t.created_by,
       t.currency_code,
       t.amount,
       t.completed_at,
       t.status,
       t.method,
       t.part,
       t.provider_reference,
       t.reason,
       t.created_at,
       t.updated_at
  from commerce.refund as t;

select internal.copy_comments('api.refund', 'commerce.refund');
