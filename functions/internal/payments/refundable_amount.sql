create or replace function internal.refundable_amount(p_tenant_id uuid, p_payment_id uuid)
  returns numeric
  language sql
  stable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select p.amount - coalesce((
           select sum(r.amount)
             from commerce.refund as r
            where r.tenant_id = p.tenant_id
              and r.order_id = p.order_id
              and r.payment_id = p.id
              and r.status in ('pending', 'succeeded')
         ), 0)
    from commerce.payment as p
   where p.tenant_id = p_tenant_id and p.id = p_payment_id and p.status = 'succeeded'
$$;

grant execute on function internal.refundable_amount(uuid, uuid) to commerce_definer;
comment on function internal.refundable_amount(uuid, uuid) is
  'What of a payment that succeeded is neither refunded nor being refunded.';
