-- Demo data goes through the functions that clients use, as far as there is one, so that it obeys every
-- rule they obey.
create or replace function internal.seed_demo(p_tenant_number integer, p_seed integer default 1)
  returns uuid
  language plpgsql
  volatile
  security definer  -- lends: writing everything of the demo tenant
  set search_path = pg_catalog, pg_temp
as $$
declare
  v_shop jsonb;
  v_tenant_id uuid;
  v_owner_id uuid;
  v_seller_id uuid;
  v_admin_id uuid;
  v_gift_id uuid;
  v_product_ids uuid[];
begin
  if coalesce(p_tenant_number, 0) not between 1 and 9999 then
    perform internal.refuse_input('tenant_number', 'must be from 1 to 9999');
  end if;
  if coalesce(p_seed, 0) not between 1 and 9999 then
    perform internal.refuse_input('seed', 'must be from 1 to 9999');
  end if;
  v_shop := internal.seed_demo_shop(p_tenant_number);
  select d.tenant_id into v_tenant_id from internal.domain_claim as d where d.host = v_shop ->> 'host';
  if found then
    return v_tenant_id;
  end if;
  perform internal.seed_demo_start(p_tenant_number, 1, p_seed);

  v_tenant_id := internal.provision_tenant(
    v_shop ->> 'name', v_shop ->> 'host', 'owner@' || (v_shop ->> 'host'),
    format('demo-owner-%s', p_tenant_number), v_shop ->> 'country', v_shop ->> 'currency_code', 'en',
    'enterprise', format('demo-%s', p_tenant_number));
  perform internal.adopt_tenant(v_tenant_id);
  update commerce.tenant as t
     set prices_include_tax = (v_shop ->> 'prices_include_tax')::boolean,
         shipping_tax_rate = (v_shop ->> 'tax_rate')::numeric,
         version = t.version
   where t.id = v_tenant_id;
  select s.id, s.user_id
    into v_seller_id, v_owner_id
    from commerce.seller_profile as s
   where s.tenant_id = v_tenant_id;
  perform api.connect_channel('whatsapp', (v_shop ->> 'name') || ' on WhatsApp', v_shop ->> 'account');
  perform internal.record_template('whatsapp', v_shop ->> 'account', t.name, 'en', 'approved', 'utility', null, t.body, 1)
     from (values
       ('hello', 'Hello {{1}}, how can we help?'),
       ('order_shipped', 'Hello {{1}}, your order is on its way.')
     ) as t (name, body);

  v_admin_id := internal.seed_demo_team(v_shop, v_owner_id);
  perform internal.seed_demo_kyc(v_seller_id, v_admin_id, v_shop ->> 'country', 'approved');
  perform internal.seed_demo_storefront(v_shop, v_owner_id);
  v_gift_id := internal.seed_demo_second_seller(v_shop, v_admin_id);
  perform internal.seed_demo_banned_seller(v_shop, v_admin_id);
  v_product_ids := internal.seed_demo_products(v_shop, v_seller_id, 1);
  perform api.adjust_inventory(p.id, 20 + floor(random() * 60)::integer, 'initial', null, 'demo ' || p.number)
     from unnest(v_product_ids[:cardinality(v_product_ids) - 1]) with ordinality as p (id, number);
  perform internal.seed_demo_orders(v_shop, v_seller_id, v_admin_id, v_gift_id || v_product_ids);
  return v_tenant_id;
end
$$;

alter function internal.seed_demo(integer, integer) owner to commerce_definer;
grant execute on function internal.seed_demo(integer, integer) to commerce_worker;
comment on function internal.seed_demo(integer, integer) is
  'Makes the demo shop of this number, with rows in every table. The same numbers give the same shop; a number that is there already is returned untouched. One shop a transaction. Owner demo-owner-N, shopper demo-buyer-N, host demo-N.example. internal.seed_demo_batch adds orders. SCVAL with the field.';
