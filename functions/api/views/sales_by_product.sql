create or replace view api.sales_by_product
  with (security_invoker = true)
as
select i.product_id as id,
       i.tenant_id,
       i.currency_code,
       count(distinct i.order_id) as order_count,
       sum(i.quantity) as units_sold,
       sum(i.returned_quantity) as units_returned,
       sum(i.subtotal) as gross_amount,
       sum(i.discount_amount) as discount_amount
  from commerce.order_items as i
  join commerce.orders as o on o.tenant_id = i.tenant_id and o.id = i.order_id
 where o.status not in ('draft', 'cancelled')
 group by i.tenant_id, i.product_id, i.currency_code;

comment on view api.sales_by_product is 'What each product has sold so far, a row for each currency; drafts and cancelled orders do not count.
@name product_sales_total
@primaryKey id,currency_code|@behavior -single -update -delete
@foreignKey (id) references api.products (id)|@fieldName product|@foreignFieldName salesTotals';
comment on column api.sales_by_product.id is 'The product.
@name product_id';
comment on column api.sales_by_product.tenant_id is 'The merchant.';
comment on column api.sales_by_product.currency_code is 'ISO 4217 code of the amounts.';
comment on column api.sales_by_product.order_count is 'How many orders contain it.
@notNull';
comment on column api.sales_by_product.units_sold is 'How many units.
@notNull';
comment on column api.sales_by_product.units_returned is 'How many of them came back.
@notNull';
comment on column api.sales_by_product.gross_amount is 'Sum of the lines before discount, and before tax where prices do not include it.
@notNull';
comment on column api.sales_by_product.discount_amount is 'Sum of the lines'' discounts.
@notNull';
