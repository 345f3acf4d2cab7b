create or replace function api.register_buyer(
  p_full_name text,
  p_phone_number text default null,
  p_preferred_language text default 'en'
)
  returns api.buyer_profile
  language plpgsql
  volatile
  security definer  -- lends: making the shopper's own users, customer and buyer_profile rows
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_subject text := internal.subject();
  v_email text := internal.email();
  v_user_id uuid := internal.user_id();
  v_customer_id uuid;
  v_constraint text;
  v_buyer api.buyer_profile;
begin
  if internal.session_role() is distinct from 'commerce_buyer' or v_subject is null then
    raise exception using
      errcode = 'SCPRM',
      message = 'only a shopper who has logged in can register',
      detail = json_build_object('permission', 'buyer')::text;
  end if;
  perform internal.refuse_faults(
    internal.text_fault('full_name', p_full_name, 200),
    internal.phone_number_fault('phone_number', p_phone_number),
    internal.language_fault('preferred_language', p_preferred_language)
  );

  if v_user_id is null then
    insert into commerce.users (tenant_id, email, auth_subject, display_name, phone_number)
    values (v_tenant_id, v_email, v_subject, btrim(p_full_name), p_phone_number)
    returning id into v_user_id;
  end if;
  -- The phone number is only claimed. On customer it would count as proved: the next message
  -- from that number would join this shopper's conversations.
  insert into commerce.customer (tenant_id, display_name, email, preferred_language)
  values (v_tenant_id, btrim(p_full_name), v_email, p_preferred_language)
  returning id into v_customer_id;
  insert into commerce.buyer_profile (id, tenant_id, user_id, full_name, phone_number, preferred_language)
  values (v_customer_id, v_tenant_id, v_user_id, btrim(p_full_name), p_phone_number, p_preferred_language);
  perform internal.bind_buyer(v_user_id, v_customer_id);

  select b.*
    into v_buyer
    from api.buyer_profile as b
   where b.tenant_id = v_tenant_id and b.id = v_customer_id;
  return v_buyer;
exception
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;
    raise exception using
      errcode = 'SCDUP',
      message = 'this shopper is registered already',
      detail = json_build_object(
        'field', case when v_constraint like '%email%' then 'email' else 'subject' end)::text;
end
$$;

alter function api.register_buyer(text, text, text) owner to commerce_definer;
grant execute on function api.register_buyer(text, text, text) to commerce_buyer;
comment on function api.register_buyer(text, text, text) is
  'Registers the logged-in shopper with this shop: makes the users, customer and buyer profile rows. SCDUP when registered already, SCVAL with the field.';
