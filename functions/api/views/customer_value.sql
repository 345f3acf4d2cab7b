-- Requires: functions/internal/payments/net_amount.sql
create or replace view api.customer_value
  with (security_invoker = true)
as
select b.id,
       b.tenant_id,
       b.full_name,
       v.currency_code,
       v.order_count,
       v.gross_amount,
       v.refunded_amount,
       v.net_amount,
       v.last_order_at
  from commerce.buyer_profile as b
 cross join lateral (
   select o.currency_code,
          count(*) as order_count,
          sum(o.total_amount) as gross_amount,
          sum(o.refunded_amount) as refunded_amount,
          sum(internal.net_amount(o.worth_amount, o.refunded_amount, o.due_amount)) as net_amount,
          max(o.placed_at) as last_order_at
     from commerce.orders as o
    where o.tenant_id = b.tenant_id
      and o.customer_id = b.id
      and o.status not in ('draft', 'cancelled')
    group by o.currency_code
 ) as v
 where not b.is_deleted;

comment on view api.customer_value is 'What each buyer has ordered so far, a row for each currency; drafts and cancelled orders do not count.
@primaryKey id,currency_code|@behavior -single -update -delete
@foreignKey (id) references api.buyer_profile (id)|@fieldName buyerProfile|@foreignFieldName customerValues';
comment on column api.customer_value.id is 'The buyer, by customer id.
@name customer_id';
comment on column api.customer_value.tenant_id is 'The merchant.';
comment on column api.customer_value.full_name is 'The buyer''s name.';
comment on column api.customer_value.currency_code is 'ISO 4217 code of the amounts.';
comment on column api.customer_value.order_count is 'How many orders.
@notNull';
comment on column api.customer_value.gross_amount is 'Sum of their totals.
@notNull';
comment on column api.customer_value.refunded_amount is 'The part of it that was refunded.
@notNull';
comment on column api.customer_value.net_amount is 'The net sum: what the orders are worth, less refunds that are due again.
@notNull';
comment on column api.customer_value.last_order_at is 'When the last order was placed.
@notNull';
