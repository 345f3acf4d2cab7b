create or replace view api.money_to_settle
  with (security_invoker = true)
as
select l.payment_id as id,
       l.tenant_id,
       'unallocated'::text as kind,
       min(l.order_id::text)::uuid as order_id,
       l.payment_id,
       l.currency_code,
       sum(l.amount) as amount,
       min(l.created_at) as since
  from commerce.money_allocation as l
 where l.account = 'unallocated'
 group by l.tenant_id, l.payment_id, l.currency_code
having sum(l.amount) > 0
union all
select o.id, o.tenant_id, 'overpaid', o.id, null, o.currency_code, -o.due_amount, o.updated_at
  from commerce.orders as o
 where o.due_amount < 0
union all
select r.id, r.tenant_id, 'refund_failed', r.order_id, r.payment_id, r.currency_code, r.amount, r.updated_at
  from commerce.refund as r
 where r.status = 'failed'
union all
select e.id, e.tenant_id, 'unknown_reference', null, null, e.currency_code, e.amount, e.received_at
  from commerce.inbound_event as e
 where e.status = 'received' and e.event_type = 'captured';

comment on view api.money_to_settle is 'Money that staff have to decide about: what came in another currency than was asked for, what orders have been paid too much (also while its refund is open), refunds that failed, and what came with a reference that nobody knows.
@primaryKey id,kind,currency_code|@behavior -single -update -delete';
comment on column api.money_to_settle.id is 'The payment, order, refund or waiting event, by its kind.
@notNull';
comment on column api.money_to_settle.tenant_id is 'The merchant.
@notNull';
comment on column api.money_to_settle.kind is 'unallocated, overpaid, refund_failed or unknown_reference.
@notNull';
comment on column api.money_to_settle.order_id is 'The order, where one is known.';
comment on column api.money_to_settle.payment_id is 'The payment, where it is one.';
comment on column api.money_to_settle.currency_code is 'ISO 4217 code of the amount, where the provider stated it.';
comment on column api.money_to_settle.amount is 'How much.';
comment on column api.money_to_settle.since is 'Since when.';
