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
        select p.order_id from commerce.payment as p where p.tenant_id = p_tenant_id and p.id = any (p_payment_ids)
        union
        select l.order_id
          from commerce.money_allocation as l
         where l.tenant_id = p_tenant_id and l.payment_id = any (p_payment_ids)
      )
    order by o.id
      for no key update;
  return query
    select p.*
      from commerce.payment as p
     where p.tenant_id = p_tenant_id and p.id = any (p_payment_ids)
     order by p.id
       for no key update;
end
$$;

grant execute on function internal.lock_payments(uuid, uuid[]) to commerce_definer;
comment on function internal.lock_payments(uuid, uuid[]) is
  'Locks payments, and before them the orders that their money is for, in the order that all functions use.';
