create or replace view api.inventory_movement
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.product_id,
       t.order_item_id,
       t.return_item_id,
       t.created_by,
       t.delta,
       t.balance_after,
       t.reason,
       t.note,
       t.created_at
  from commerce.inventory_movement as t;

select internal.copy_comments('api.inventory_movement', 'commerce.inventory_movement');
