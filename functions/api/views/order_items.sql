create or replace view api.order_items
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.order_id,
       t.product_id,
       t.line_number,
       t.quantity,
       t.shipped_quantity,
       t.returned_quantity,
       t.unit_price,
       t.currency_code,
       t.subtotal,
       t.discount_amount,
       t.tax_rate,
       t.tax_amount,
       t.product_name,
       t.sku,
       t.metadata,
       t.created_at,
       t.updated_at
  from commerce.order_items as t;

select internal.copy_comments('api.order_items', 'commerce.order_items');
