create or replace function api.set_default_address(p_address_id uuid)
  returns api.address_book
  language plpgsql
  volatile
  security definer  -- lends: writing which address is the default
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_row api.address_book;
begin
  -- Each person has one change of default at a time; otherwise two transactions could each set a default.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  if not exists (
    select
      from commerce.address_book as a
     where a.tenant_id = v_tenant_id and a.user_id = v_user_id and a.id = p_address_id and not a.is_deleted
  ) then
    perform internal.refuse_missing('address_id');
  end if;

  update commerce.address_book as a
     set is_default = false, version = a.version
    from commerce.address_book as chosen
   where chosen.tenant_id = v_tenant_id
     and chosen.id = p_address_id
     and a.tenant_id = v_tenant_id
     and a.user_id = v_user_id
     and a.id <> chosen.id
     and a.address_type = chosen.address_type
     and a.is_default;
  update commerce.address_book as a
     set is_default = true, version = a.version
   where a.tenant_id = v_tenant_id and a.id = p_address_id;

  select a.* into v_row from api.address_book as a where a.tenant_id = v_tenant_id and a.id = p_address_id;
  return v_row;
end
$$;

alter function api.set_default_address(uuid) owner to commerce_definer;
grant execute on function api.set_default_address(uuid) to commerce_buyer;
comment on function api.set_default_address(uuid) is
  'Makes an address of the shopper the default in place of the former one. SCPRM, SCNTF.';
