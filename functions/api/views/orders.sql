-- Requires: functions/internal/attach/copy_comments.sql
-- Requires: functions/internal/triggers/tg__soft_delete_view.sql
create or replace view api.orders
  with (security_invoker = true)
as
select t.id,
       t.tenant_id,
       t.product_id,
       t.seller_id,
       t.customer_id,
       t.thread_id,
       t.currency_code,
       t.subtotal_amount,
       t.discount_amount,
       t.shipping_amount,
       t.fee_amount,
       t.tax_amount,
       t.shipping_tax_rate,
       t.shipping_tax_amount,
       t.fee_tax_amount,
       t.prices_include_tax,
       t.total_amount,
       t.adjustment_amount,
       t.returned_amount,
       t.discount_sum,
       t.discount_basis,
       t.discount_rate,
       t.worth_amount,
       t.paid_amount,
       t.refunded_amount,
       t.due_amount,
       t.placed_at,
       t.confirmed_at,
       t.shipped_at,
       t.delivered_at,
       t.cancelled_at,
       t.returned_at,
       t.order_number,
       t.discount_code,
       t.order_serial,
       t.channel,
       t.status,
       t.payment_status,
       t.fulfillment_status,
       t.buyer_name,
       t.buyer_phone,
       t.buyer_email,
       t.buyer_note,
       t.carrier,
       t.tracking_number,
       t.cancellation_reason,
       t.metadata,
       t.version,
       t.is_deleted,
       t.created_at,
       t.updated_at,
       t.listed_at,
       t.status in ('pending', 'confirmed', 'processing', 'shipped') as is_open,
       (
         select count(*)
           from commerce.order_items as i
          where i.tenant_id = t.tenant_id and i.order_id = t.id
       ) as line_count
  from commerce.orders as t
 where not t.is_deleted;

select internal.copy_comments('api.orders', 'commerce.orders');
comment on column api.orders.is_open is 'Whether it is placed and not yet delivered, cancelled or returned.
@notNull
@behavior +filterBy -orderBy';
comment on column api.orders.line_count is 'Lines of the order.
@notNull
@behavior -filterBy -orderBy';

create or replace trigger soft_delete
  instead of delete on api.orders
  for each row execute function internal.tg__soft_delete_view();
