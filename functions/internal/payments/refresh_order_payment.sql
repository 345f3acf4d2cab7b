create or replace function internal.refresh_order_payment(p_tenant_id uuid, p_order_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_paid numeric;
  v_refunded numeric;
  v_open_status text;
  v_has_failed boolean;
begin
  -- One at a time an order, or two payments could each be summed without the other.
  perform from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = p_order_id for no key update;

  select coalesce(sum(p.amount) filter (where p.status = 'succeeded'), 0),
         max(p.status) filter (where p.status in ('pending', 'requires_action', 'authorized')),
         coalesce(bool_or(p.status = 'failed'), false)
    into v_paid, v_open_status, v_has_failed
    from commerce.payment as p
   where p.tenant_id = p_tenant_id and p.order_id = p_order_id;
  select coalesce(sum(r.amount), 0)
    into v_refunded
    from commerce.refund as r
   where r.tenant_id = p_tenant_id and r.order_id = p_order_id and r.status = 'succeeded';

  update commerce.orders as o
     set paid_amount = v_paid,
         refunded_amount = v_refunded,
         payment_status = case
           when v_refunded > 0 and v_refunded >= v_paid then 'refunded'
           when v_refunded > 0 then 'partially_refunded'
           when v_paid > 0 and v_paid >= o.total_amount then 'paid'
           when v_paid > 0 then 'partially_paid'
           when v_open_status = 'authorized' then 'authorized'
           when v_open_status is not null then 'pending'
           when v_has_failed then 'failed'
           else 'unpaid'
         end
   where o.tenant_id = p_tenant_id and o.id = p_order_id;
end
$$;

grant execute on function internal.refresh_order_payment(uuid, uuid) to commerce_definer;
comment on function internal.refresh_order_payment(uuid, uuid) is
  'Derives an order''s paid_amount, refunded_amount and payment_status from its payments, its refunds and its total.';
