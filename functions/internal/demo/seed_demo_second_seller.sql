create or replace function internal.seed_demo_second_seller(p_shop jsonb, p_reviewer_id uuid)
  returns uuid
  language plpgsql
  volatile
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_tenant_id uuid := internal.require_tenant();
  v_name text := p_shop ->> 'second_seller';
  v_user_id uuid;
  v_seller_id uuid;
  v_product_id uuid;
begin
  insert into commerce.users (tenant_id, email, auth_subject, display_name)
  values (
    v_tenant_id, 'seller@' || (p_shop ->> 'host'), format('demo-seller-%s', p_shop ->> 'number'), v_name
  )
  returning id into v_user_id;
  insert into commerce.seller_profile (tenant_id, user_id, business_name, business_type, slug)
  values (v_tenant_id, v_user_id, v_name, 'sole_proprietor', replace(lower(v_name), ' ', '-'))
  returning id into v_seller_id;
  insert into commerce.products (
    tenant_id, seller_id, name, short_description, sku, price, currency_code, tax_rate, published_at
  )
  values (
    v_tenant_id, v_seller_id, 'Gift Box', 'Packed and sealed by hand', 'GIFT-1', 2500,
    p_shop ->> 'currency_code', (p_shop ->> 'tax_rate')::numeric, now()
  )
  returning id into v_product_id;
  perform api.adjust_inventory(v_product_id, 40, 'initial', null, 'demo GIFT-1');
  perform internal.seed_demo_kyc(v_seller_id, p_reviewer_id, p_shop ->> 'country', 'submitted');
  insert into commerce.violations (
    tenant_id, user_id, issued_by, start_at, end_at, resolved_at, type, severity, action, status, reason
  )
  values (
    v_tenant_id, v_user_id, p_reviewer_id, now() - interval '20 days', now() - interval '13 days',
    now() - interval '13 days', 'policy', 'medium', 'temp_ban', 'expired', 'Sold what was not on the shelf'
  );
  return v_product_id;
end
$$;

grant execute on function internal.seed_demo_second_seller(jsonb, uuid) to commerce_definer;
comment on function internal.seed_demo_second_seller(jsonb, uuid) is
  'Adds a second seller to a demo shop, who is not on its team, whose verification waits for review, and whose ban has run out; returns the id of the one article.';
