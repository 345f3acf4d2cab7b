create or replace view api.payment_event
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.payment_id,
       t.refund_id,
       t.confirms_id,
       t.created_by,
       t.currency_code,
       t.amount,
       t.occurred_at,
       t.kind,
       t.source,
       t.provider_event_id,
       t.note,
       t.created_at
  from commerce.payment_event as t;

select internal.copy_comments('api.payment_event', 'commerce.payment_event');
