create or replace function internal.end_needless_payments(p_tenant_id uuid, p_order_id uuid)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
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

grant execute on function internal.end_needless_payments(uuid, uuid) to commerce_definer;
comment on function internal.end_needless_payments(uuid, uuid) is
  'Gives up the open payment of an order of which nothing is due any more: cash on delivery would wait for ever, and another provider might still take money. The caller has locked the order.';
