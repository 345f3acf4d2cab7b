create or replace view api.customer_credit
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.customer_id,
       t.granted_by_id,
       t.refund_id,
       t.payment_id,
       t.created_by,
       t.currency_code,
       t.amount,
       t.expires_at,
       t.kind,
       t.reason,
       t.created_at
  from commerce.customer_credit as t;

select internal.copy_comments('api.customer_credit', 'commerce.customer_credit');
