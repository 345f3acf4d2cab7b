create or replace function internal.expire_unpaid_orders(
  p_tenant_id uuid,
  p_older_than interval default '24 hours',
  p_batch integer default 100
)
  returns integer
  language plpgsql
  volatile
  security definer  -- lends: cancelling orders as the worker of the tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_orders commerce.orders[];
begin
  perform internal.refuse_faults(
    case when p_older_than is null or p_older_than not between '0' and '100 years'
      then internal.fault('older_than', 'must be 0 to 100 years') end,
    internal.batch_fault(p_batch, 10000)
  );
  perform internal.adopt_tenant(p_tenant_id);

  -- Two calls at once share the work: orders that one has locked, the other leaves out.
  select array_agg(l.locked)
    into v_orders
    from (
      select o as locked
        from commerce.orders as o
       where o.tenant_id = p_tenant_id
         and o.status = 'pending'
         and o.payment_status in ('unpaid', 'pending', 'failed')
         and o.due_amount > 0
         and o.placed_at < now() - p_older_than
         and not o.is_deleted
         -- Cash comes with the parcel, and staff have to look at a proof first.
         and not exists (
           select
             from commerce.payment as p
            where p.tenant_id = p_tenant_id
              and p.order_id = o.id
              and p.status in ('pending', 'requires_action')
              and (p.payment_type = 'cash_on_delivery' or p.proof_asset_id is not null)
         )
         -- The returned goods pay for the order that is sent in exchange.
         and not exists (
           select
             from commerce.order_returns as r
            where r.tenant_id = p_tenant_id
              and r.exchange_order_id = o.id
              and r.status in ('requested', 'approved', 'in_transit')
         )
       order by o.placed_at
       limit p_batch
         for no key update skip locked
    ) as l;
  -- All products of the batch are locked in the order of their ids, as everywhere: order by order, two
  -- batches could wait for each other.
  perform
     from commerce.products as p
    where p.tenant_id = p_tenant_id
      and p.id in (
        select i.product_id
          from commerce.order_items as i
          join unnest(v_orders) as o on o.id = i.order_id
         where i.tenant_id = p_tenant_id
      )
    order by p.id
      for no key update;

  -- The orders are cancelled in the order of their discount codes, for the same reason.
  perform internal.cancel_locked_order(l.locked, 'expired')
     from (select o as locked from unnest(v_orders) as o order by o.discount_code) as l;
  return coalesce(cardinality(v_orders), 0);
end
$$;

alter function internal.expire_unpaid_orders(uuid, interval, integer) owner to commerce_definer;
grant execute on function internal.expire_unpaid_orders(uuid, interval, integer) to commerce_worker;
comment on function internal.expire_unpaid_orders(uuid, interval, integer) is
  'Cancels a tenant''s pending orders that nobody paid in time, with the reason expired, at most a batch (1 to 10000) a call; returns how many. Safe to run twice at once. SCVAL.';
