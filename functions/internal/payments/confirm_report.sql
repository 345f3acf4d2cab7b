create or replace function internal.confirm_report(
  p_report commerce.payment_event,
  p_kind text,
  p_event_id text,
  p_occurred_at timestamptz
)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
begin
  insert into commerce.payment_event (
    tenant_id, order_id, customer_id, seller_id, payment_id, confirms_id, currency_code, occurred_at, kind, source,
    provider_event_id
  )
  values (
    p_report.tenant_id, p_report.order_id, p_report.customer_id, p_report.seller_id, p_report.payment_id, p_report.id,
    p_report.currency_code, p_occurred_at, p_kind, 'webhook',
    coalesce(p_event_id, concat_ws(' ', p_kind, trim_scale(p_report.amount)))
  );
  -- A write of the order, so that a transaction that cannot see this fails instead of confirming the report again.
  update commerce.orders as o
     set refunded_amount = o.refunded_amount
   where o.tenant_id = p_report.tenant_id and o.id = p_report.order_id;
end
$$;

grant execute on function internal.confirm_report(commerce.payment_event, text, text, timestamptz)
  to commerce_definer;
comment on function internal.confirm_report(commerce.payment_event, text, text, timestamptz) is
  'Adds to the ledger that the provider reports what staff have reported: the same fact, so that no amount is counted again.';
