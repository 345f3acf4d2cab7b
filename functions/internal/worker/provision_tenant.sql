create or replace function internal.provision_tenant(
  p_name text,
  p_domain text,
  p_owner_email text,
  p_auth_subject text,
  p_country text,
  p_currency text,
  p_language text,
  p_tier text,
  p_idempotency_key text
)
  returns uuid
  language plpgsql
  volatile
  security definer  -- lends: writing the first rows of a tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_stored jsonb;
  v_tenant_id uuid := internal.uuid_v7();
  v_user_id uuid := internal.uuid_v7();
  v_seller_id uuid := internal.uuid_v7();
  v_invalid text;
begin
  v_stored := internal.begin_idempotent(
    'provision_tenant', p_idempotency_key,
    jsonb_build_array(p_name, p_domain, p_owner_email, p_auth_subject, p_country, p_currency, p_language, p_tier),
    null);
  if v_stored is not null then
    return (v_stored ->> 'tenant_id')::uuid;
  end if;

  v_invalid := case
    when coalesce(length(btrim(p_name)), 0) not between 1 and 200 then 'name'
    when coalesce(p_domain !~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+$', true)
      or length(p_domain) > 253 then 'domain'
    when coalesce(p_owner_email not like '%_@_%', true) then 'owner_email'
    when coalesce(length(btrim(p_auth_subject)), 0) not between 1 and 255 then 'auth_subject'
    when p_country !~ '^[A-Z]{2}$' then 'country'
    when not exists (select from commerce.currency as c where c.code = p_currency) then 'currency'
    when coalesce(p_language !~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', true) then 'language'
    when not exists (
      select from commerce.subscription_plan as s where s.code = p_tier and s.is_active
    ) then 'tier'
  end;
  if v_invalid is not null then
    raise exception using
      errcode = 'SCVAL',
      message = format('%s is missing or not valid', v_invalid),
      detail = json_build_object('field', v_invalid)::text;
  end if;

  perform internal.adopt_tenant(v_tenant_id);

  insert into commerce.tenant (
    id, name, domain, subscription_tier, country_code, default_currency, default_language, email
  )
  values (
    v_tenant_id, btrim(p_name), p_domain, p_tier, p_country, p_currency, p_language, p_owner_email
  );
  insert into commerce.users (id, tenant_id, email, auth_subject)
  values (v_user_id, v_tenant_id, p_owner_email, p_auth_subject);
  insert into commerce.team_members (tenant_id, user_id, role)
  values (v_tenant_id, v_user_id, 'owner');
  insert into commerce.seller_profile (id, tenant_id, user_id, business_name, slug)
  values (
    v_seller_id, v_tenant_id, v_user_id, btrim(p_name),
    regexp_replace(split_part(p_domain, '.', 1), '-+', '-', 'g')
  );
  insert into commerce.seller_onboarding (tenant_id, seller_id)
  values (v_tenant_id, v_seller_id);
  insert into commerce.storefront (tenant_id, theme_id)
  select v_tenant_id, t.id
    from commerce.storefront_theme as t
   where t.tenant_id is null and t.is_system and not t.is_deleted
   order by t.id
   limit 1;
  update commerce.tenant as t
     set status = 'active', version = t.version
   where t.id = v_tenant_id;

  perform internal.finish_idempotent(
    'provision_tenant', p_idempotency_key, jsonb_build_object('tenant_id', v_tenant_id), null);
  return v_tenant_id;
end
$$;

alter function internal.provision_tenant(text, text, text, text, text, text, text, text, text) owner to commerce_definer;
grant execute on function internal.provision_tenant(text, text, text, text, text, text, text, text, text) to commerce_worker;
comment on function internal.provision_tenant(text, text, text, text, text, text, text, text, text) is
  'Makes a tenant with its owner (users, team_members, seller_profile, seller_onboarding) and an unpublished storefront, and returns its id. country: ISO 3166-1 alpha-2; currency: ISO 4217; language: BCP 47; tier: subscription_plan.code. SCVAL with the field, SCDUP when the domain is taken, SCIDM.';
