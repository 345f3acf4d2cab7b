create or replace view api.order_return_items
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.order_return_id,
       t.order_item_id,
       t.quantity,
       t.accepted_quantity,
       t.restocked_quantity,
       t.refund_amount,
       t.refund_tax_amount,
       t.reason,
       t.condition,
       t.customer_note,
       t.store_note,
       t.created_at,
       t.updated_at
  from commerce.order_return_items as t;

select internal.copy_comments('api.order_return_items', 'commerce.order_return_items');
