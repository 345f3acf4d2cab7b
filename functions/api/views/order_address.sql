create or replace view api.order_address
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.source_address_id,
       t.country,
       t.latitude,
       t.longitude,
       t.kind,
       t.recipient_name,
       t.phone_number,
       t.street_address,
       t.apartment,
       t.landmark,
       t.city,
       t.state,
       t.postal_code,
       t.delivery_note,
       t.created_at,
       t.updated_at
  from commerce.order_address as t;

select internal.copy_comments('api.order_address', 'commerce.order_address');
