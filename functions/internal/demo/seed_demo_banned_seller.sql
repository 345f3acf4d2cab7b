create or replace function internal.seed_demo_banned_seller(p_shop jsonb, p_reviewer_id uuid)
  returns void
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_user_id uuid;
  v_seller_id uuid;
begin
  insert into commerce.users (tenant_id, email, auth_subject, display_name)
  values (
    v_tenant_id, 'banned@' || (p_shop ->> 'host'), format('demo-banned-%s', p_shop ->> 'number'), 'Copycat Traders'
  )
  returning id into v_user_id;
  insert into commerce.seller_profile (tenant_id, user_id, business_name, business_type, slug)
  values (v_tenant_id, v_user_id, 'Copycat Traders', 'sole_proprietor', 'copycat-traders')
  returning id into v_seller_id;
  insert into commerce.products (
    tenant_id, seller_id, name, short_description, sku, price, currency_code, tax_rate, published_at
  )
  values (
    v_tenant_id, v_seller_id, 'Copied Watch', 'Looks like a dear one', 'COPY-1', 900, p_shop ->> 'currency_code',
    (p_shop ->> 'tax_rate')::numeric, now()
  );
  perform internal.seed_demo_kyc(v_seller_id, p_reviewer_id, p_shop ->> 'country', 'approved');
  update commerce.kyc_document as d
     set issued_on = current_date - 3650, expires_on = current_date - 10
   where d.tenant_id = v_tenant_id
     and d.document_type = 'national_id'
     and d.seller_onboarding_id = (
       select o.id from commerce.seller_onboarding as o where o.tenant_id = v_tenant_id and o.seller_id = v_seller_id
     );
  perform internal.expire_kyc_documents(v_tenant_id);
  insert into commerce.violations (tenant_id, user_id, issued_by, type, severity, action, reason)
  values (v_tenant_id, v_user_id, p_reviewer_id, 'policy', 'high', 'perm_ban', 'Sold copies of a brand');
end
$$;

grant execute on function internal.seed_demo_banned_seller(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_banned_seller(jsonb, uuid) is
  'Adds a third seller to a demo shop, who is banned, so that nothing of theirs is shown or sold, and whose identity card has expired, so that they are no longer verified.';
