create or replace function internal.lock_payments(p_tenant_id uuid, p_payment_ids uuid[])
  returns setof commerce.payment
  language plpgsql
  volatile
  security invoker
  rows 1
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan  -- as api.place_order
as $$
begin
  -- Each row is looked up by its id (offset 0, and the lock below): a plan for any shop would rather read all of one,
  -- which has few on the average.
  -- The orders are locked first, by their ids, as in every transaction that pays, refunds or cancels.
  perform
     from (
       select p.order_id
         from unnest(p_payment_ids) as r (id)
        cross join lateral (
           select p.order_id from commerce.payment as p where p.tenant_id = p_tenant_id and p.id = r.id offset 0
         ) as p
       union
       select l.order_id
         from unnest(p_payment_ids) as r (id)
        cross join lateral (
           select l.order_id
             from commerce.money_allocation as l
            where l.tenant_id = p_tenant_id and l.payment_id = r.id
           offset 0
         ) as l
        order by order_id
     ) as i
    cross join lateral (
       select from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = i.order_id for no key update
     ) as o;
  return query
    select p.*
      from (select u.id from unnest(p_payment_ids) as u (id) order by u.id) as r
     cross join lateral (
        select p.* from commerce.payment as p where p.tenant_id = p_tenant_id and p.id = r.id for no key update
      ) as p;
end
$$;

grant execute on function internal.lock_payments(uuid, uuid[]) to commerce_definer;
comment on function internal.lock_payments(uuid, uuid[]) is
  'Locks payments, and before them the orders that their money is for, in the order that all functions use.';
