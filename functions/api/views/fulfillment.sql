create or replace view api.fulfillment
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.method,
       t.status,
       t.carrier,
       t.tracking_number,
       t.tracking_url,
       t.shipped_at,
       t.delivered_at,
       t.version,
       t.created_at,
       t.updated_at
  from commerce.fulfillment as t;

select internal.copy_comments('api.fulfillment', 'commerce.fulfillment');
