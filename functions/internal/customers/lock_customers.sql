-- Whoever writes under a customer, a thread, an id or an order, holds the customer's key and looks again whether it is
-- still there: after this lock nothing new comes. A visitor's turn comes before it, as where the visitor writes.
create or replace function internal.lock_customers(p_one_id uuid, p_other_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
begin
  perform internal.take_turn('visitor ' || s.turn)
     from (
       select md5(v.subject) as turn
         from internal.visitor as v
        where v.tenant_id = v_tenant_id and v.customer_id in (p_one_id, p_other_id)
        order by turn
     ) as s;
  perform
     from commerce.customer as c
    where c.tenant_id = v_tenant_id and c.id in (p_one_id, p_other_id)
    order by c.id
      for update;
end
$$;

grant execute on function internal.lock_customers(uuid, uuid) to commerce_definer;
comment on function internal.lock_customers(uuid, uuid) is
  'Locks two customers who are to be merged, so that nothing new is written under either.';
