create or replace function internal.tg_orders__derive_money()
  returns trigger
  language plpgsql
  security definer  -- lends: writing what an order derives from its payments
  set search_path = pg_catalog, pg_temp
as $$
begin
  perform internal.derive_money(new.tenant_id, new.id);
  return null;
end
$$;

alter function internal.tg_orders__derive_money() owner to commerce_definer;
comment on function internal.tg_orders__derive_money() is
  'Trigger: how far an order is paid follows what it is worth.';
