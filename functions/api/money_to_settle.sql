create or replace function api.money_to_settle()
  returns table (
    id uuid,
    kind text,
    order_id uuid,
    payment_id uuid,
    currency_code text,
    amount numeric,
    since timestamptz
  )
  language plpgsql
  stable
  security definer  -- lends: the whole tenant's money, to those who may decide about it
  set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
  v_tenant_id uuid := internal.require_permission('payments.manage');
begin
  return query
    select l.payment_id,
           case when sum(l.amount) > 0 then 'unallocated' else 'lost' end,
           l.order_id,
           l.payment_id,
           l.currency_code,
           abs(sum(l.amount)),
           min(l.created_at)
      from commerce.money_allocation as l
     where l.tenant_id = v_tenant_id and l.account = 'unallocated'
     group by l.payment_id, l.order_id, l.currency_code
    having sum(l.amount) <> 0
    union all
    select o.id, 'overpaid', o.id, null, o.currency_code, -o.due_amount, o.updated_at
      from commerce.orders as o
     where o.tenant_id = v_tenant_id and o.due_amount < 0
    union all
    select o.id, 'lost', o.id, null, o.currency_code, o.refunded_amount - o.paid_amount, o.updated_at
      from commerce.orders as o
     where o.tenant_id = v_tenant_id and o.refunded_amount > o.paid_amount
    union all
    select r.id, 'refund_failed', r.order_id, r.payment_id, r.currency_code, r.amount, r.updated_at
      from commerce.refund as r
     where r.tenant_id = v_tenant_id and r.status = 'failed'
    union all
    select e.id, 'unknown_reference', null, null, e.currency_code, e.amount, e.received_at
      from commerce.inbound_event as e
     where e.tenant_id = v_tenant_id and e.status = 'received' and e.event_type = 'captured'
    order by 7, 1;
end
$$;

alter function api.money_to_settle() owner to commerce_definer;
grant execute on function api.money_to_settle() to commerce_member, commerce_worker;
comment on function api.money_to_settle() is
  'Money that staff have to decide about, the longest waiting first: money that came in another currency than was asked for (unallocated), overpayments of orders (overpaid, also while the refund is open), money that was given back for an order beyond what came in (lost), refunds that failed (refund_failed), and money that came with an unknown reference (unknown_reference). Needs payments.manage.
@rowName money_to_settle_row
@returns id! The payment, order, refund or waiting event, by its kind.
@returns kind! The kind of case.
@returns order_id The order, where one is known.
@returns payment_id The payment, where it is one.
@returns currency_code The currency of the amount, where the provider stated it.
@returns amount How much.
@returns since! Since when it waits.';
