create or replace function internal.create_contact(
  p_channel_id uuid,
  p_channel_type text,
  p_external_user_id text,
  p_profile_name text,
  p_customer_id uuid default null
)
  returns commerce.customer_identity
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_phone_number text;
  v_customer_id uuid;
  v_identity commerce.customer_identity;
begin
  -- No unique key could stop a second customer: the identity that has one refers to the customer, so
  -- it comes after. A transaction that waited here finds the first one's identity.
  perform internal.take_turn('first contact ' || internal.identity_key(p_channel_type, p_external_user_id));
  v_identity := internal.known_identity(p_channel_id, p_channel_type, p_external_user_id);
  if v_identity.id is not null then
    return v_identity;
  end if;

  -- The provider has proven this number, so it also finds a customer known from elsewhere.
  if p_channel_type in ('whatsapp', 'sms') and p_external_user_id ~ '^[+]?[1-9][0-9]{6,14}$' then
    v_phone_number := '+' || ltrim(p_external_user_id, '+');
  end if;
  -- Of two who make a customer with the same number at once, the second one comes round again.
  loop
    select c.id
      into v_customer_id
      from commerce.customer as c
     where c.tenant_id = v_tenant_id
       -- Row-level security lets an index be used for this comparison, and for none that calls phone_key.
       and c.phone_number = any (internal.phone_variants(v_phone_number))
       and not c.is_deleted;
    exit when found;
    if p_customer_id is not null then
      v_customer_id := p_customer_id;
      -- Whoever writes under this customer holds its key before the thread, and changes the customer afterwards.
      perform
         from commerce.customer as c
        where c.tenant_id = v_tenant_id and c.id = p_customer_id and c.phone_number is null and v_phone_number is not null
          for update;
      if found then
        update commerce.customer as c
           set phone_number = v_phone_number, version = c.version
         where c.tenant_id = v_tenant_id and c.id = p_customer_id;
      end if;
      exit;
    end if;
    insert into commerce.customer (tenant_id, display_name, phone_number)
    values (v_tenant_id, p_profile_name, v_phone_number)
    on conflict do nothing
    returning id into v_customer_id;
    exit when found;
  end loop;

  -- The identity of a deleted customer still exists: a person who writes again becomes a new customer.
  insert into commerce.customer_identity (
    tenant_id, customer_id, channel_id, channel_type, external_user_id, profile_name
  )
  values (v_tenant_id, v_customer_id, p_channel_id, p_channel_type, p_external_user_id, p_profile_name)
  on conflict (tenant_id, channel_id, identity_key) do update
     set customer_id = excluded.customer_id
  returning * into v_identity;
  return v_identity;
end
$$;

grant execute on function internal.create_contact(uuid, text, text, text, uuid) to commerce_definer;
comment on function internal.create_contact(uuid, text, text, text, uuid) is
  'Makes the customer and the channel identity of a person who writes for the first time; makes one of each, however many deliveries arrive at once. The customer is the one who has the telephone number or, where there is none, p_customer_id.';
