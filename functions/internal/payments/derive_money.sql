-- Everything that money derives, in one place: the attempts from their events, the order from the allocations,
-- from its adjustments and from its returns.
create or replace function internal.derive_money(p_tenant_id uuid, p_order_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- An order is derived by one transaction at a time, or two events could each be summed without the other.
  perform from commerce.orders as o where o.tenant_id = p_tenant_id and o.id = p_order_id for no key update;

  update commerce.payment as p
     set status = d.status,
         authorized_amount = d.authorized_amount,
         captured_amount = d.captured_amount,
         refunded_amount = d.refunded_amount,
         disputed_amount = d.disputed_amount,
         authorized_at = d.authorized_at,
         succeeded_at = d.succeeded_at,
         version = p.version
    from internal.payment_state(p_tenant_id, p_order_id) as d
   where p.tenant_id = p_tenant_id
     and p.id = d.payment_id
     and row(
       p.status, p.authorized_amount, p.captured_amount, p.refunded_amount, p.disputed_amount, p.authorized_at,
       p.succeeded_at
     ) is distinct from row(
       d.status, d.authorized_amount, d.captured_amount, d.refunded_amount, d.disputed_amount, d.authorized_at,
       d.succeeded_at
     );

  update commerce.orders as o
     set adjustment_amount = d.adjustment_amount,
         returned_amount = d.returned_amount,
         paid_amount = d.paid_amount,
         refunded_amount = d.refunded_amount,
         payment_status = d.payment_status
    from internal.order_money(p_tenant_id, p_order_id) as d
   where o.tenant_id = p_tenant_id
     and o.id = p_order_id
     and row(o.adjustment_amount, o.returned_amount, o.paid_amount, o.refunded_amount, o.payment_status)
       is distinct from row(
         d.adjustment_amount, d.returned_amount, d.paid_amount, d.refunded_amount, d.payment_status);
end
$$;

grant execute on function internal.derive_money(uuid, uuid) to commerce_definer;
comment on function internal.derive_money(uuid, uuid) is
  'Writes down what follows from the ledger: the states and amounts of an order''s payments, and the order''s adjustment_amount, returned_amount, paid_amount, refunded_amount and payment_status. Locks the order.';
