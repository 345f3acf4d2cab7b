create or replace view api.inbound_event
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.payment_id,
       t.reviewed_by,
       t.currency_code,
       t.amount,
       t.occurred_at,
       t.received_at,
       t.processed_at,
       t.provider,
       t.provider_reference,
       t.external_event_id,
       t.event_type,
       t.status,
       t.note
  from commerce.inbound_event as t;

select internal.copy_comments('api.inbound_event', 'commerce.inbound_event');
