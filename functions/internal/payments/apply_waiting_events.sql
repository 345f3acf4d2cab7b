create or replace function internal.apply_waiting_events(p_payment commerce.payment)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_event commerce.inbound_event;
  v_payment_ids uuid[] := array(
    select p.id
      from commerce.payment as p
     where p.tenant_id = p_payment.tenant_id
       and p.provider = p_payment.provider
       and p.provider_reference = p_payment.provider_reference
     order by p.id
  );
begin
  for v_event in
    select e.*
      from internal.waiting_events(p_payment.tenant_id, p_payment.provider, p_payment.provider_reference) as e
      join commerce.currency as c on c.code = coalesce(e.currency_code, p_payment.currency_code)
     -- What cannot be an amount of the currency goes on waiting for staff.
     where e.amount is null or internal.amount_fault('amount', e.amount, c.minor_unit) is null
     order by e.received_at, e.id
  loop
    perform internal.apply_payment_event(
      v_payment_ids, v_event.event_type, v_event.amount, v_event.currency_code,
      -- Without an id of its own, it is the total so far.
      nullif(v_event.external_event_id, concat_ws(' ', v_event.event_type, trim_scale(v_event.amount))), v_event.occurred_at,
      'webhook');
    update commerce.inbound_event as e
       set status = 'processed', payment_id = p_payment.id, processed_at = now(), reviewed_by = internal.user_id()
     where e.tenant_id = p_payment.tenant_id and e.id = v_event.id;
  end loop;
end
$$;

grant execute on function internal.apply_waiting_events(commerce.payment) to commerce_definer;
comment on function internal.apply_waiting_events(commerce.payment) is
  'Counts for a payment what its provider reported before its reference was known here.';
