create or replace function internal.payment_state(p_tenant_id uuid, p_order_id uuid)
  returns table (
    payment_id uuid,
    status text,
    authorized_amount numeric,
    captured_amount numeric,
    refunded_amount numeric,
    disputed_amount numeric,
    authorized_at timestamptz,
    succeeded_at timestamptz
  )
  language sql
  stable
  security invoker
  rows 2
  set search_path = pg_catalog, pg_temp
as $$
  -- What happened decides, not the order in which it was reported: a step that lies further on hides the others.
  select p.id,
         case
           when e.captured_amount > 0 then 'succeeded'
           when e.kinds && '{cancelled}' then 'cancelled'
           when e.kinds && '{failed, corrected}' then 'failed'
           when e.kinds && '{expired}' then 'expired'
           when e.kinds && '{authorized}' then 'authorized'
           when e.kinds && '{requires_action}' then 'requires_action'
           else 'pending'
         end,
         e.authorized_amount, e.captured_amount, e.refunded_amount + l.amount,
         greatest(e.disputed_amount - l.amount, 0),
         e.authorized_at, e.succeeded_at
    from commerce.payment as p
   cross join lateral (
     -- Money of another currency than the payment's is not allocated until staff decide.
     select coalesce(array_agg(v.kind), '{}') as kinds,
            coalesce(max(v.amount) filter (where v.kind = 'authorized'), 0) as authorized_amount,
            coalesce(sum(v.amount) filter (where v.kind in ('captured', 'corrected')), 0) as captured_amount,
            coalesce(sum(case v.kind when 'refund_failed' then -v.amount else v.amount end)
              filter (where v.kind in ('refunded', 'refund_failed')), 0) as refunded_amount,
            coalesce(sum(case v.kind when 'disputed' then v.amount else -v.amount end)
              filter (where v.kind in ('disputed', 'dispute_won')), 0) as disputed_amount,
            min(v.occurred_at) filter (where v.kind = 'authorized') as authorized_at,
            min(v.occurred_at) filter (where v.kind = 'captured') as succeeded_at
       from commerce.payment_event as v
      where v.tenant_id = p_tenant_id and v.payment_id = p.id and v.currency_code = p.currency_code
   ) as e
   cross join lateral (
     select case
       when e.kinds && '{dispute_lost}' then internal.lost_amount(p_tenant_id, p.id, p.currency_code)
       else 0
     end as amount
   ) as l
   where p.tenant_id = p_tenant_id and p.order_id = p_order_id
$$;

grant execute on function internal.payment_state(uuid, uuid) to commerce_definer, commerce_system;
comment on function internal.payment_state(uuid, uuid) is
  'The state of each payment of an order by its events, and the amounts that were authorized, captured, given back and are disputed.';
