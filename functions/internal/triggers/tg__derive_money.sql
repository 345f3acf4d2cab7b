create or replace function internal.tg__derive_money()
  returns trigger
  language plpgsql
  security definer  -- lends: writing what an order derives from its payments
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.derive_money(new.tenant_id, new.order_id);
  return null;
end
$$;

alter function internal.tg__derive_money() owner to commerce_definer;
comment on function internal.tg__derive_money() is
  'Trigger: an order shows that a payment of it, or an adjustment or a return, was made.';
