create or replace function internal.seed_demo_shopper(p_shop jsonb, p_customer_id uuid)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_host text := p_shop ->> 'host';
  v_customer commerce.customer;
  v_user_id uuid;
  v_method_id uuid;
begin
  update commerce.customer as c
     set email = 'buyer@' || v_host, version = c.version
   where c.tenant_id = v_tenant_id and c.id = p_customer_id
  returning c.* into v_customer;
  insert into commerce.users (tenant_id, email, auth_subject, display_name, phone_number)
  values (
    v_tenant_id, v_customer.email, format('demo-buyer-%s', p_shop ->> 'number'), v_customer.display_name,
    v_customer.phone_number
  )
  returning id into v_user_id;
  insert into commerce.buyer_profile (id, tenant_id, user_id, full_name, phone_number)
  values (p_customer_id, v_tenant_id, v_user_id, v_customer.display_name, v_customer.phone_number);

  insert into commerce.address_book (
    tenant_id, user_id, is_default, label, recipient_name, phone_number, street_address, landmark, city, state,
    country
  )
  select v_tenant_id, v_user_id, true, 'Home', v_customer.display_name, v_customer.phone_number,
         a.street_address, a.landmark, a.city, a.state, a.country
    from jsonb_to_record(p_shop -> 'address')
      as a (street_address text, landmark text, city text, state text, country text);

  insert into commerce.saved_payment_method (
    tenant_id, user_id, is_default, payment_type, provider, display_name, phone_last_four
  )
  values (
    v_tenant_id, v_user_id, true, 'mobile_money', 'demo', p_shop ->> 'mobile_money',
    right(v_customer.phone_number, 4)
  )
  returning id into v_method_id;
  -- No provider knows this token: random bytes of the length of an envelope look like one.
  insert into internal.payment_method_secret (saved_payment_method_id, tenant_id, provider_token)
  values (
    v_method_id, v_tenant_id,
    sha256(internal.uuid_v7()::text::bytea) || sha256(internal.uuid_v7()::text::bytea)
  );

  insert into commerce.notification_preferences (tenant_id, user_id, notification_type, whatsapp_enabled)
  select v_tenant_id, v_user_id, t.type, t.type <> 'marketing'
    from unnest(array['order_status_changed', 'refund_processed', 'marketing']) as t (type);
  return v_user_id;
end
$$;

grant execute on function internal.seed_demo_shopper(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_shopper(jsonb, uuid) is
  'Gives a customer of a demo shop a login (demo-buyer-N) with an address, a saved payment method and preferences; returns the users id.';
