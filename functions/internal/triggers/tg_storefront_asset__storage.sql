create or replace function internal.tg_storefront_asset__storage()
  returns trigger
  language plpgsql
  security definer  -- lends: counting the merchant's files
  set search_path = pg_catalog, pg_temp
as $$
begin
  -- What is written without a session is written by the installer, for whom there is no plan.
  if internal.tenant_id() is not null then
    perform internal.require_storage(0);
  end if;
  return null;
end
$$;

alter function internal.tg_storefront_asset__storage() owner to commerce_definer;
comment on function internal.tg_storefront_asset__storage() is
  'Trigger: the files of a storefront count against the plan''s storage (SCLIM).';
