create or replace function internal.overpaid_amount(p_tenant_id uuid, p_order_id uuid)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select greatest(
           -o.due_amount - coalesce((
             select sum(r.amount)
               from commerce.refund as r
              where r.tenant_id = o.tenant_id
                and r.order_id = o.id
                and r.currency_code = o.currency_code
                and r.status = 'pending'
           ), 0),
           0)
    from commerce.orders as o
   where o.tenant_id = p_tenant_id and o.id = p_order_id
$$;

grant execute on function internal.overpaid_amount(uuid, uuid) to commerce_definer;
comment on function internal.overpaid_amount(uuid, uuid) is
  'The amount that was paid too much for an order and is not on its way back.';
