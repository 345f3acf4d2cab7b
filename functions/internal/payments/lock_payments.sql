create or replace function internal.lock_payments(p_tenant_id uuid, p_payment_ids uuid[])
  returns setof commerce.payment
  language plpgsql
  volatile
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- The orders are locked first, by their ids, as in every transaction that pays, refunds or cancels.
  perform
     from commerce.orders as o
    where o.tenant_id = p_tenant_id
      and o.id in (
        select p.order_id
          from unnest(p_payment_ids) as r (id)
          join commerce.payment as p on p.tenant_id = p_tenant_id and p.id = r.id
        union
        select l.order_id
          from unnest(p_payment_ids) as r (id)
          join commerce.money_allocation as l on l.tenant_id = p_tenant_id and l.payment_id = r.id
      )
    order by o.id
      for no key update;
  return query
    select p.*
      from unnest(p_payment_ids) as r (id)
      join commerce.payment as p on p.tenant_id = p_tenant_id and p.id = r.id
     order by p.id
       for no key update of p;
end
$$;

grant execute on function internal.lock_payments(uuid, uuid[]) to commerce_definer;
comment on function internal.lock_payments(uuid, uuid[]) is
  'Locks payments, and before them the orders that their money is for, in the order that all functions use.';
