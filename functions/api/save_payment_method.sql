create or replace function api.save_payment_method(
  p_payment_type text,
  p_provider text,
  p_provider_token bytea,
  p_display_name text default null,
  p_card_brand text default null,
  p_card_last_four text default null,
  p_expiry_month smallint default null,
  p_expiry_year smallint default null,
  p_phone_last_four text default null
)
  returns api.saved_payment_method
  language plpgsql
  volatile
  security definer  -- lends: writing means of payment and their tokens
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid := internal.require_buyer();
  v_id uuid;
  v_row api.saved_payment_method;
begin
  perform internal.refuse_faults(
    internal.set_fault('payment_type', p_payment_type, 'saved_payment_method', 'payment_type'),
    case when p_payment_type in ('cash_on_delivery', 'store_credit')
      then internal.fault('payment_type', 'must not be cash or store credit: there is nothing to save') end,
    internal.text_fault('provider', p_provider, 255),
    case when coalesce(octet_length(p_provider_token), 0) not between 32 and 8192
      then internal.fault('provider_token', 'must be an encrypted envelope of 32 to 8192 bytes') end,
    case when p_display_name is not null then internal.text_fault('display_name', p_display_name, 200) end,
    internal.length_fault('card_brand', p_card_brand, 200),
    case when (p_payment_type = 'card')
        <> (p_card_last_four is not null and p_expiry_month is not null and p_expiry_year is not null)
      then internal.fault('card_last_four', 'and the expiry must be given together, for a card and for nothing else') end,
    case when p_card_last_four !~ '^[0-9]{4}$' then internal.fault('card_last_four', 'must be four digits') end,
    case when p_phone_last_four !~ '^[0-9]{4}$' then internal.fault('phone_last_four', 'must be four digits') end,
    case when p_expiry_month not between 1 and 12 then internal.fault('expiry_month', 'must be 1 to 12') end,
    case when p_expiry_year not between 2000 and 2100 then internal.fault('expiry_year', 'must be 2000 to 2100') end
  );

  -- Each person has one change at a time, as in set_default_payment_method.
  perform internal.lock_shopper(v_tenant_id, internal.customer_id());
  insert into commerce.saved_payment_method (
    tenant_id, user_id, is_default, expiry_month, expiry_year, card_last_four, phone_last_four, payment_type,
    provider, display_name, card_brand
  )
  values (
    v_tenant_id, v_user_id,
    not exists (
      select
        from commerce.saved_payment_method as m
       where m.tenant_id = v_tenant_id and m.user_id = v_user_id and m.is_default and not m.is_deleted
    ),
    p_expiry_month, p_expiry_year, p_card_last_four, p_phone_last_four, p_payment_type, p_provider,
    p_display_name, p_card_brand
  )
  returning id into v_id;
  insert into internal.payment_method_secret (saved_payment_method_id, tenant_id, provider_token)
  values (v_id, v_tenant_id, p_provider_token);

  select m.* into v_row from api.saved_payment_method as m where m.tenant_id = v_tenant_id and m.id = v_id;
  return v_row;
end
$$;

alter function api.save_payment_method(text, text, bytea, text, text, text, smallint, smallint, text)
  owner to commerce_definer;
grant execute on function api.save_payment_method(text, text, bytea, text, text, text, smallint, smallint, text)
  to commerce_buyer;
comment on function api.save_payment_method(text, text, bytea, text, text, text, smallint, smallint, text) is
  'Saves a means of payment of the shopper. provider_token is the provider''s token, encrypted by the application; it is stored separately and never shown. The first means of payment becomes the default. SCPRM, SCVAL.
@behavior -*';
