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
       t.updated_at,
       (
         select r.currency_code
           from commerce.order_returns as r
          where r.tenant_id = t.tenant_id and r.id = t.order_return_id
       ) as currency_code
  from commerce.order_return_items as t;

select internal.copy_comments('api.order_return_items', 'commerce.order_return_items');
comment on column api.order_return_items.order_id is 'The order, the same as the return''s and the line''s.
@listName returnedItems';
comment on column api.order_return_items.currency_code is 'ISO 4217 code of the amounts: the return''s.
@notNull';
