create or replace view api.fulfillment_item
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.fulfillment_id,
       t.order_item_id,
       t.quantity
  from commerce.fulfillment_item as t;

select internal.copy_comments('api.fulfillment_item', 'commerce.fulfillment_item');
