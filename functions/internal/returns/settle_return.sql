create or replace function internal.settle_return(p_tenant_id uuid, p_return_id uuid, p_refunded_at timestamptz)
  returns void
  language sql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  update commerce.order_returns as b
     set status = 'refunded',
         refunded_at = p_refunded_at,
         refund_method = coalesce(b.refund_method, (
           select r.method
             from commerce.refund as r
            where r.tenant_id = p_tenant_id and r.order_return_id = b.id and r.status = 'succeeded'
            order by r.id desc
            limit 1
         )),
         version = b.version
   where b.tenant_id = p_tenant_id
     and b.id = p_return_id
     and b.status = 'received'
     and b.refund_amount > 0
     and b.refund_amount <= (
       select sum(r.amount)
         from commerce.refund as r
        where r.tenant_id = p_tenant_id and r.order_return_id = b.id and r.status = 'succeeded'
     )
$$;

grant execute on function internal.settle_return(uuid, uuid, timestamptz) to commerce_definer;
comment on function internal.settle_return(uuid, uuid, timestamptz) is
  'A return is refunded once everything that it promised has been paid back, by the method of its last refund.';
