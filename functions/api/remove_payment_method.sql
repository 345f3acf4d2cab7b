create or replace function api.remove_payment_method(p_saved_payment_method_id uuid)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: deleting a means of payment and writing which is the default
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_was_default boolean;
begin
  -- Each person has one change of default at a time, as in set_default_payment_method.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  select a.is_default
    into v_was_default
    from commerce.saved_payment_method as a
   where a.tenant_id = v_tenant_id and a.user_id = v_user_id and a.id = p_saved_payment_method_id and not a.is_deleted;
  if not found then
    perform internal.refuse_missing('saved_payment_method_id');
  end if;

  -- When it is restored, it is not the default, because another one may be.
  update commerce.saved_payment_method as a
     set is_deleted = true, is_default = false, version = a.version
   where a.tenant_id = v_tenant_id and a.id = p_saved_payment_method_id;
  update commerce.saved_payment_method as a
     set is_default = true, version = a.version
   where v_was_default
     and a.tenant_id = v_tenant_id
     and a.id = (
       select n.id
         from commerce.saved_payment_method as n
        where n.tenant_id = v_tenant_id
          and n.user_id = v_user_id
          and not n.is_deleted
        order by n.id desc
        limit 1
     );
end
$$;

alter function api.remove_payment_method(uuid) owner to commerce_definer;
grant execute on function api.remove_payment_method(uuid) to commerce_buyer;
comment on function api.remove_payment_method(uuid) is
  'Removes a saved means of payment of the shopper; payments keep the reference to it. If it was the default, the newest other one becomes the default. SCPRM, SCNTF.';
