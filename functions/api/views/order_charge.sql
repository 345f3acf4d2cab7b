create or replace view api.order_charge
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.currency_code,
       t.amount,
       t.tax_rate,
       t.tax_amount,
       t.kind,
       t.created_at,
       t.updated_at
  from commerce.order_charge as t;

select internal.copy_comments('api.order_charge', 'commerce.order_charge');
