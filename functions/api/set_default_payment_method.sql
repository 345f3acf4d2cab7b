create or replace function api.set_default_payment_method(p_saved_payment_method_id uuid)
  returns api.saved_payment_method
  language plpgsql
  volatile
  security definer  -- lends: writing which means of payment is the default
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_row api.saved_payment_method;
begin
  -- Each person has one change of default at a time; otherwise two transactions could each set a default.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  if not exists (
    select
      from commerce.saved_payment_method as a
     where a.tenant_id = v_tenant_id and a.user_id = v_user_id and a.id = p_saved_payment_method_id and not a.is_deleted
  ) then
    perform internal.refuse_missing('saved_payment_method_id');
  end if;

  update commerce.saved_payment_method as a
     set is_default = false, version = a.version
    from commerce.saved_payment_method as chosen
   where chosen.tenant_id = v_tenant_id
     and chosen.id = p_saved_payment_method_id
     and a.tenant_id = v_tenant_id
     and a.user_id = v_user_id
     and a.id <> chosen.id
     and a.is_default;
  update commerce.saved_payment_method as a
     set is_default = true, version = a.version
   where a.tenant_id = v_tenant_id and a.id = p_saved_payment_method_id;

  select a.* into v_row from api.saved_payment_method as a where a.tenant_id = v_tenant_id and a.id = p_saved_payment_method_id;
  return v_row;
end
$$;

alter function api.set_default_payment_method(uuid) owner to commerce_definer;
grant execute on function api.set_default_payment_method(uuid) to commerce_buyer;
comment on function api.set_default_payment_method(uuid) is
  'Makes a means of payment of the shopper the default in place of the former one. SCPRM, SCNTF.
@param saved_payment_method_id The means of payment.';
