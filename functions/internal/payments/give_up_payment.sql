create or replace function internal.give_up_payment(p_payment commerce.payment, p_source text)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.record_payment_event(p_payment, 'cancelled', 0, p_source, 'cancelled here');
  -- For cash there is no provider to ask.
  update commerce.payment as p
     set cancel_requested_at = now(), version = p.version
   where p.tenant_id = p_payment.tenant_id and p.id = p_payment.id and p.payment_type <> 'cash_on_delivery';
  perform internal.derive_money(p_payment.tenant_id, p_payment.order_id);
end
$$;

grant execute on function internal.give_up_payment(commerce.payment, text) to commerce_definer;
comment on function internal.give_up_payment(commerce.payment, text) is
  'Cancels an open payment here and queues that the provider is asked to cancel it. The caller has locked the order.';
