create or replace function api.save_address(
  p_address_type text,
  p_recipient_name text,
  p_street_address text,
  p_city text,
  p_country text,
  p_state text default null,
  p_postal_code text default null,
  p_phone_number text default null,
  p_apartment text default null,
  p_landmark text default null,
  p_delivery_note text default null,
  p_address_id uuid default null,
  p_expected_version integer default null
)
  returns api.address_book
  language plpgsql
  volatile
  security definer  -- lends: writing which address is the default
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_address_id uuid := p_address_id;
  v_version integer;
  v_address api.address_book;
begin
  perform internal.refuse_faults(
    internal.set_fault('address_type', p_address_type, 'address_book', 'address_type'),
    internal.address_faults('', jsonb_build_object(
    'recipient_name', p_recipient_name, 'street_address', p_street_address, 'city', p_city, 'country', p_country,
    'state', p_state, 'postal_code', p_postal_code, 'phone_number', p_phone_number, 'apartment', p_apartment,
    'landmark', p_landmark, 'delivery_note', p_delivery_note))
  );

  -- Each person has one change at a time, as in set_default_address.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  if p_address_id is null then
    -- The first address of its type becomes the default.
    insert into commerce.address_book (
      tenant_id, user_id, is_default, country, address_type, recipient_name, phone_number, street_address,
      apartment, landmark, city, state, postal_code, delivery_note
    )
    values (
      v_tenant_id, v_user_id,
      not exists (
        select
          from commerce.address_book as a
         where a.tenant_id = v_tenant_id
           and a.user_id = v_user_id
           and a.address_type = p_address_type
           and a.is_default
           and not a.is_deleted
      ),
      p_country, p_address_type, p_recipient_name, p_phone_number, p_street_address, p_apartment, p_landmark,
      p_city, p_state, p_postal_code, p_delivery_note
    )
    returning id into v_address_id;
  else
    select a.version
      into v_version
      from commerce.address_book as a
     where a.tenant_id = v_tenant_id
       and a.user_id = v_user_id
       and a.id = p_address_id
       and a.address_type = p_address_type
       and not a.is_deleted
       for no key update;
    if not found then
      perform internal.refuse_missing('address_id');
    end if;
    perform internal.require_version(p_expected_version, v_version, 'address_book', p_address_id);
    update commerce.address_book as a
       set country = p_country,
           recipient_name = p_recipient_name,
           phone_number = p_phone_number,
           street_address = p_street_address,
           apartment = p_apartment,
           landmark = p_landmark,
           city = p_city,
           state = p_state,
           postal_code = p_postal_code,
           delivery_note = p_delivery_note,
           version = a.version
     where a.tenant_id = v_tenant_id and a.id = p_address_id;
  end if;

  select a.* into v_address from api.address_book as a where a.tenant_id = v_tenant_id and a.id = v_address_id;
  return v_address;
end
$$;

alter function api.save_address(text, text, text, text, text, text, text, text, text, text, text, uuid, integer)
  owner to commerce_definer;
grant execute on function api.save_address(text, text, text, text, text, text, text, text, text, text, text, uuid, integer)
  to commerce_buyer;
comment on function api.save_address(text, text, text, text, text, text, text, text, text, text, text, uuid, integer) is
  'Adds an address to the shopper''s book, or changes the one named by address_id (whose type stays). The first address of a type becomes its default. SCPRM, SCNTF, SCVER, SCVRQ, SCVAL.
@param address_id The address to change; without it, an address is added.
@param expected_version The version of the address that was read, to change it.';
