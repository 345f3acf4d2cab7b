create or replace function internal.tg__order_payment()
  returns trigger
  language plpgsql
  security definer  -- lends: writing what an order derives from its payments
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.refresh_order_payment(new.tenant_id, new.order_id);
  return null;
end
$$;

alter function internal.tg__order_payment() owner to commerce_definer;
comment on function internal.tg__order_payment() is
  'Trigger: an order''s paid_amount, refunded_amount and payment_status are what its payments and refunds say.';
