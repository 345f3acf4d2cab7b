create or replace function api.remove_address(p_address_id uuid)
  returns void
  language plpgsql
  volatile
  security definer  -- lends: deleting an address and writing which is the default
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_was_default boolean;
  v_type text;
begin
  -- Each person has one change of default at a time, as in set_default_address.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  select a.is_default, a.address_type
    into v_was_default, v_type
    from commerce.address_book as a
   where a.tenant_id = v_tenant_id and a.user_id = v_user_id and a.id = p_address_id and not a.is_deleted;
  if not found then
    perform internal.refuse_missing('address_id');
  end if;

  -- When it is restored, it is not the default, because another one may be.
  update commerce.address_book as a
     set is_deleted = true, is_default = false, version = a.version
   where a.tenant_id = v_tenant_id and a.id = p_address_id;
  update commerce.address_book as a
     set is_default = true, version = a.version
   where v_was_default
     and a.tenant_id = v_tenant_id
     and a.id = (
       select n.id
         from commerce.address_book as n
        where n.tenant_id = v_tenant_id
          and n.user_id = v_user_id
          and n.address_type = v_type
          and not n.is_deleted
        order by n.id desc
        limit 1
     );
end
$$;

alter function api.remove_address(uuid) owner to commerce_definer;
grant execute on function api.remove_address(uuid) to commerce_buyer;
comment on function api.remove_address(uuid) is
  'Removes an address from the shopper''s address book; orders keep their copies. If it was the default, the newest other address of its type becomes the default. SCPRM, SCNTF.';
