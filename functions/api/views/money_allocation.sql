create or replace view api.money_allocation
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.payment_id,
       t.refund_id,
       t.created_by,
       t.currency_code,
       t.amount,
       t.account,
       t.cause,
       t.reason,
       t.created_at
  from commerce.money_allocation as t;

select internal.copy_comments('api.money_allocation', 'commerce.money_allocation');
