create or replace function internal.follow_due_amount(
  p_tenant_id uuid,
  p_order_id uuid,
  p_former_amount numeric default null
)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  -- No provider knows what a courier collects. It is at most what is due, and all of it where it was all of it before.
  update commerce.payment as p
     set amount = o.due_amount, version = p.version
    from commerce.orders as o
   where o.tenant_id = p_tenant_id
     and o.id = p_order_id
     and o.due_amount > 0
     and p.tenant_id = p_tenant_id
     and p.order_id = o.id
     and p.payment_type = 'cash_on_delivery'
     and p.status = 'pending'
     and p.proof_asset_id is null
     and (p.amount > o.due_amount or p.amount = p_former_amount and p.amount < o.due_amount);
  -- Where a proof was handed in, money may have come: staff look at it first.
  select internal.give_up_payment(p, 'job')
    from commerce.orders as o
    join commerce.payment as p on p.tenant_id = p_tenant_id and p.order_id = o.id
   where o.tenant_id = p_tenant_id
     and o.id = p_order_id
     and o.due_amount <= 0
     and p.status in ('pending', 'requires_action', 'authorized')
     and p.proof_asset_id is null
$$;

grant execute on function internal.follow_due_amount(uuid, uuid, numeric) to commerce_definer;
comment on function internal.follow_due_amount(uuid, uuid, numeric) is
  'The open payment of an order follows what is due, which was the former amount: cash on delivery asks for it, and a payment of which nothing is due any more is given up, because cash on delivery would wait for ever, and another provider might still take money. The caller has locked the order.';
