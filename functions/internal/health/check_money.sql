-- Every row names something that does not add up; no rows means that all is right.
create or replace function internal.check_money(p_tenant_id uuid default null)
  returns table (rule text, tenant_id uuid, currency_code text, row_id uuid, expected numeric, found numeric)
  language sql
  stable
  security definer  -- lends: adding up the money of every tenant
  set search_path = pg_catalog, pg_temp
as $$
  with events as (
    select e.tenant_id, e.payment_id, e.currency_code, p.payment_type = 'store_credit' as is_credit,
           sum(case
             when e.kind in ('captured', 'corrected', 'refund_failed') then e.amount
             when e.kind = 'refunded' then -e.amount
             else 0
           end) - case
             when bool_or(e.kind = 'dispute_lost')
               then internal.lost_amount(e.tenant_id, e.payment_id, e.currency_code)
             else 0
           end as amount
      from commerce.payment_event as e
      join commerce.payment as p on p.tenant_id = e.tenant_id and p.id = e.payment_id
     where p_tenant_id is null or e.tenant_id = p_tenant_id
     group by 1, 2, 3, 4
  ), allocations as (
    select l.tenant_id, l.payment_id, l.currency_code::text, sum(l.amount) as amount,
           coalesce(sum(l.amount) filter (where l.account = 'order'), 0) as to_orders,
           coalesce(sum(l.amount) filter (where l.account = 'unallocated'), 0) as unallocated,
           coalesce(sum(l.amount) filter (where l.account = 'loss'), 0) as written_off
      from commerce.money_allocation as l
     where p_tenant_id is null or l.tenant_id = p_tenant_id
     group by 1, 2, 3
  ), credit as (
    select c.tenant_id, c.currency_code::text, g.refund_id is not null as is_funded,
           sum(c.amount) filter (where c.kind in ('granted', 'withdrawn')) as granted,
           coalesce(-sum(c.amount) filter (where c.kind in ('spent', 'returned')), 0) as spent
      from commerce.customer_credit as c
      join commerce.customer_credit as g on g.tenant_id = c.tenant_id and g.id = coalesce(c.granted_by_id, c.id)
     where p_tenant_id is null or c.tenant_id = p_tenant_id
     group by 1, 2, 3
  )
  select 'what came in with a payment and did not go back is what it is for', coalesce(e.tenant_id, a.tenant_id),
         coalesce(e.currency_code, a.currency_code), coalesce(e.payment_id, a.payment_id),
         coalesce(e.amount, 0), coalesce(a.amount, 0)
    from events as e
    full join allocations as a using (tenant_id, payment_id, currency_code)
   where coalesce(e.amount, 0) <> coalesce(a.amount, 0)
  union all
  select 'a merchant''s money: captured less refunded and lost is allocated, unallocated, credit or written off', e.tenant_id,
         e.currency_code, null, e.amount, coalesce(a.amount, 0) + coalesce(c.granted, 0)
    from (
      select v.tenant_id, v.currency_code, sum(v.amount) as amount from events as v where not v.is_credit group by 1, 2
    ) as e
    left join (
      select v.tenant_id, v.currency_code, sum(v.to_orders + v.unallocated + v.written_off) as amount
        from allocations as v
        join commerce.payment as p on p.tenant_id = v.tenant_id and p.id = v.payment_id
       where p.payment_type <> 'store_credit'
       group by 1, 2
    ) as a using (tenant_id, currency_code)
    left join credit as c on c.tenant_id = e.tenant_id and c.currency_code = e.currency_code and c.is_funded
   where e.amount <> coalesce(a.amount, 0) + coalesce(c.granted, 0)
  union all
  select 'what an order holds is of its currency', l.tenant_id, l.currency_code, l.order_id, 0, sum(l.amount)
    from commerce.money_allocation as l
    join commerce.orders as o on o.tenant_id = l.tenant_id and o.id = l.order_id
   where (p_tenant_id is null or l.tenant_id = p_tenant_id)
     and l.account in ('order', 'unallocated')
     and (l.account = 'order') <> (l.currency_code = o.currency_code)
   group by l.tenant_id, l.currency_code, l.order_id
  union all
  select 'a refund that went through is in the ledger, and no other', r.tenant_id, r.currency_code, r.id,
         case r.status when 'succeeded' then r.amount else 0 end, coalesce(e.amount, 0)
    from commerce.refund as r
    join commerce.payment as p on p.tenant_id = r.tenant_id and p.id = r.payment_id
    left join lateral (
      select sum(case v.kind when 'refunded' then v.amount when 'refund_failed' then -v.amount end) as amount
        from commerce.payment_event as v
       where v.tenant_id = r.tenant_id and v.refund_id = r.id
    ) as e on true
   where (p_tenant_id is null or r.tenant_id = p_tenant_id)
     -- The money of a refund to store credit stays here.
     and (r.method <> 'store_credit' or p.payment_type = 'store_credit')
     and case r.status when 'succeeded' then r.amount else 0 end <> coalesce(e.amount, 0)
  union all
  select 'credit that was spent is what orders were paid with it', c.tenant_id, c.currency_code, null, c.spent,
         coalesce(e.amount, 0)
    from (select v.tenant_id, v.currency_code, sum(v.spent) as spent from credit as v group by 1, 2) as c
    left join (
      select v.tenant_id, v.currency_code, sum(v.amount) as amount from events as v where v.is_credit group by 1, 2
    ) as e using (tenant_id, currency_code)
   where c.spent <> coalesce(e.amount, 0)
  union all
  select 'no grant of store credit is overspent', c.tenant_id, c.currency_code,
         coalesce(c.granted_by_id, c.id), 0, sum(c.amount)
    from commerce.customer_credit as c
   where p_tenant_id is null or c.tenant_id = p_tenant_id
   group by 2, 3, 4
  having sum(c.amount) < 0
  union all
  select 'an order''s amounts follow from the ledger', o.tenant_id, o.currency_code, o.id,
         d.paid_amount - d.refunded_amount, o.paid_amount - o.refunded_amount
    from commerce.orders as o
   cross join lateral internal.order_money(o.tenant_id, o.id) as d
   where (p_tenant_id is null or o.tenant_id = p_tenant_id)
     and row(o.adjustment_amount, o.returned_amount, o.paid_amount, o.refunded_amount, o.payment_status)
       is distinct from row(
         d.adjustment_amount, d.returned_amount, d.paid_amount, d.refunded_amount, d.payment_status)
  union all
  select 'a payment''s state and amounts follow from its events', p.tenant_id, p.currency_code, p.id,
         d.captured_amount, p.captured_amount
    from (
      select distinct q.tenant_id, q.order_id
        from commerce.payment as q
       where p_tenant_id is null or q.tenant_id = p_tenant_id
    ) as o
   cross join lateral internal.payment_state(o.tenant_id, o.order_id) as d
    join commerce.payment as p on p.tenant_id = o.tenant_id and p.id = d.payment_id
   where row(p.status, p.authorized_amount, p.captured_amount, p.refunded_amount, p.disputed_amount)
       is distinct from row(d.status, d.authorized_amount, d.captured_amount, d.refunded_amount, d.disputed_amount)
$$;

alter function internal.check_money(uuid) owner to commerce_system;
grant execute on function internal.check_money(uuid) to commerce_worker, commerce_owner;
comment on function internal.check_money(uuid) is
  'Adds up the money of a tenant, or of all (NULL), and names every row or sum that is wrong, with what it should be; no rows means that all is right. For each currency of a merchant: captured less refunded and lost disputes is what orders hold, what waits for staff, and the credit that refunds funded, less what was written off.';
