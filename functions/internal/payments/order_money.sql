create or replace function internal.order_money(p_tenant_id uuid, p_order_id uuid)
  returns table (
    adjustment_amount numeric,
    returned_amount numeric,
    paid_amount numeric,
    refunded_amount numeric,
    payment_status text
  )
  language sql
  stable
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
  select a.adjustment_amount, r.returned_amount, m.paid_amount, m.refunded_amount,
         case
           when p.is_disputed then 'disputed'
           when m.kept_amount > w.worth_amount then 'overpaid'
           when m.kept_amount <= 0 and m.refunded_amount > 0 then 'refunded'
           when m.refunded_amount > 0 and m.kept_amount < o.total_amount then 'partially_refunded'
           when m.kept_amount > 0 and m.kept_amount >= w.worth_amount then 'paid'
           when m.kept_amount > 0 then 'partially_paid'
           when p.authorized_amount >= w.worth_amount and p.authorized_amount > 0 then 'authorized'
           when p.authorized_amount > 0 then 'partially_authorized'
           when p.is_open then 'pending'
           when p.has_failed then 'failed'
           else 'unpaid'
         end
    from commerce.orders as o
   cross join lateral (
     select coalesce(sum(j.amount), 0) as adjustment_amount
       from commerce.order_adjustment as j
      where j.tenant_id = p_tenant_id and j.order_id = p_order_id
   ) as a
   cross join lateral (
     select coalesce(sum(b.returned_amount), 0) as returned_amount
       from commerce.order_returns as b
      where b.tenant_id = p_tenant_id and b.order_id = p_order_id
   ) as r
   cross join lateral (
     select coalesce(sum(l.amount) filter (where l.cause in ('captured', 'corrected', 'moved')), 0) as paid_amount,
            coalesce(-sum(l.amount) filter (where l.cause in ('refunded', 'lost', 'written_off')), 0) as refunded_amount,
            coalesce(sum(l.amount), 0) as kept_amount
       from commerce.money_allocation as l
      where l.tenant_id = p_tenant_id and l.order_id = p_order_id and l.account = 'order'
   ) as m
   cross join lateral (
     select coalesce(bool_or(t.disputed_amount > 0), false) as is_disputed,
            coalesce(max(t.authorized_amount) filter (where t.status = 'authorized'), 0) as authorized_amount,
            coalesce(bool_or(t.status in ('pending', 'requires_action')), false) as is_open,
            coalesce(bool_or(t.status = 'failed'), false) as has_failed
       from commerce.payment as t
      where t.tenant_id = p_tenant_id and t.order_id = p_order_id
   ) as p
   cross join lateral (
     select case
       when o.status in ('draft', 'cancelled') then 0
       else greatest(o.total_amount + a.adjustment_amount - r.returned_amount, 0)
     end as worth_amount
   ) as w
   where o.tenant_id = p_tenant_id and o.id = p_order_id
$$;

grant execute on function internal.order_money(uuid, uuid) to commerce_definer, commerce_system;
comment on function internal.order_money(uuid, uuid) is
  'The amounts and the payment status that an order must have by the ledger, its adjustments, its returns and its payments.';
