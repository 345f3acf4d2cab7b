-- Read it by status, listed_at descending: the index gives the page. Over all four statuses every open
-- order is sorted. Computed columns are in the select list, not in a lateral join, so that a page that is
-- sorted and limited computes them for its own rows only.
create or replace view api.orders_open
  with (security_invoker = true)
as
select o.id,
       o.tenant_id,
       o.seller_id,
       o.customer_id,
       o.thread_id,
       o.order_number,
       o.channel,
       o.status,
       o.payment_status,
       o.fulfillment_status,
       o.currency_code,
       o.total_amount,
       o.paid_amount,
       o.due_amount,
       o.buyer_name,
       o.buyer_phone,
       (
         select count(*)
           from commerce.order_items as i
          where i.tenant_id = o.tenant_id and i.order_id = o.id
       ) as line_count,
       o.placed_at,
       o.listed_at,
       o.created_at,
       o.updated_at,
       o.version
  from commerce.orders as o
 where o.status in ('pending', 'confirmed', 'processing', 'shipped')
   and not o.is_deleted;

select internal.copy_comments('api.orders_open', 'commerce.orders');
comment on view api.orders_open is 'Orders that are placed and not yet delivered, cancelled or returned.
@behavior -*';
comment on column api.orders_open.line_count is 'Lines of the order.
@notNull';
