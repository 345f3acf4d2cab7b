-- Undo: drop function internal.seed_demo(integer, integer, integer);
-- Demo data goes through the functions that clients use, so that it obeys every rule they obey.
create or replace function internal.seed_demo(
  p_tenant_number integer,
  p_scale integer default 1,
  p_seed integer default 1
)
  returns uuid
  language plpgsql
  volatile
  security definer  -- lends: writing products and the storefront of the demo tenant
  set search_path = ''
as $$
declare
  -- Odd numbers are fashion shops in Lagos, even ones electronics shops in Nairobi.
  v_is_fashion boolean := p_tenant_number % 2 = 1;
  v_host text := format('demo-%s.example', p_tenant_number);
  v_account text := format('demo-account-%s', p_tenant_number);
  v_currency char(3) := case when v_is_fashion then 'NGN' else 'KES' end;
  v_tax_rate numeric := case when v_is_fashion then 0.075 else 0.16 end;
  v_name text;
  v_names text[];
  v_items jsonb;
  v_greetings text[];
  v_addresses jsonb;
  v_tenant_id uuid;
  v_seller_id uuid;
  v_item record;
  v_product_id uuid;
  v_product_ids uuid[] := '{}';
  v_logo_id uuid;
  v_theme_id uuid;
  v_version_id uuid;
  v_user_id uuid;
  v_customer_id uuid;
  v_person text;
  v_message record;
  v_order api.orders;
begin
  if coalesce(p_tenant_number, 0) not between 1 and 9999 then
    perform internal.refuse_input('tenant_number', 'must be from 1 to 9999');
  end if;
  if coalesce(p_scale, 0) not between 1 and 1000 then
    perform internal.refuse_input('scale', 'must be from 1 to 1000');
  end if;
  if coalesce(p_seed, 0) not between 1 and 9999 then
    perform internal.refuse_input('seed', 'must be from 1 to 9999');
  end if;
  select d.tenant_id into v_tenant_id from internal.domain_claim as d where d.host = v_host;
  if found then
    return v_tenant_id;
  end if;
  -- The same numbers give the same names, baskets and quantities.
  perform setseed(p_tenant_number / 10000.0 - p_seed / 10000.0);

  if v_is_fashion then
    v_name := 'Adunni Styles';
    v_names := array[
      'Adaeze Okafor', 'Tunde Bakare', 'Ngozi Eze', 'Segun Adeyemi', 'Funmilayo Ojo', 'Chidi Nwosu',
      'Halima Bello', 'Emeka Obi', 'Yetunde Alabi', 'Ibrahim Musa', 'Kemi Adebayo', 'Uche Okoro',
      'Zainab Sani', 'Femi Akande', 'Ifeoma Umeh'];
    v_greetings := array[
      'Good morning, is the Ankara Wrap Dress available in size 12?',
      'Please how much is delivery to Lekki?', 'Hello, I saw your post. I want to order.',
      'Abeg send me the price list', 'Do you have this in blue?', 'Can I pick up in Yaba tomorrow?'];
    v_addresses := '[{
      "kind": "shipping", "recipient_name": "Adaeze Okafor", "street_address": "12 Awolowo Road",
      "landmark": "opposite the filling station", "city": "Lagos", "state": "Lagos", "country": "NG"
    }]';
    v_items := '[
      ["Ankara Wrap Dress", "Knee-length wrap dress in printed cotton", 28500],
      ["Adire Kaftan", "Hand-dyed indigo kaftan from Abeokuta", 32000],
      ["Aso Oke Gele", "Hand-woven headwrap for occasions", 15000],
      ["Agbada Set", "Three-piece embroidered agbada", 85000],
      ["Leather Sandals", "Hand-stitched sandals from Kano leather", 18500],
      ["Beaded Waist Chain", "Glass beads on a tie-on string", 6500],
      ["Ankara Tote Bag", "Lined tote with inside pocket", 9500],
      ["Senator Suit", "Two-piece suit, made to measure in five days", 55000],
      ["Lace Iro and Buba", "Wrapper and blouse in cord lace", 72000],
      ["Boubou Dress", "Flowing chiffon boubou, one size", 38000],
      ["Dashiki Shirt", "Short-sleeved dashiki with embroidered neck", 16500],
      ["Coral Bead Necklace", "Three strands with matching bracelet", 24000],
      ["Ankara Head Scarf", "Square scarf, 90 cm", 5500],
      ["Linen Two-Piece", "Shirt and trousers in washed linen", 42000],
      ["Fila Cap", "Aso oke cap, hand-woven", 7000],
      ["Leather Slippers", "Open slippers with padded sole", 14500],
      ["Denim Ankara Jacket", "Denim jacket with printed back panel", 36500],
      ["Girls Ankara Dress", "Ages 2 to 10", 15500],
      ["Silk Bubu Gown", "Floor-length silk gown", 48000],
      ["Bridal Styling", "Two hours with our stylist, in the shop or by video", 60000]
    ]';
  else
    v_name := 'Savanna Electronics';
    v_names := array[
      'Wanjiru Kamau', 'Brian Otieno', 'Achieng Odhiambo', 'Kevin Mwangi', 'Faith Chebet',
      'Hassan Abdi', 'Mercy Njeri', 'Dennis Kiprono', 'Amina Yusuf', 'Peter Mutua', 'Grace Wambui',
      'Samuel Kariuki', 'Joy Nyambura', 'Collins Ochieng', 'Lilian Atieno'];
    v_greetings := array[
      'Habari, do you have the Galaxy A15 in stock?', 'How much is delivery to Westlands?',
      'Hi, is this charger original?', 'Naomba bei ya laptop', 'Do you repair screens while I wait?',
      'Can I pay with M-Pesa on delivery?'];
    v_addresses := '[{
      "kind": "shipping", "recipient_name": "Wanjiru Kamau", "street_address": "Moi Avenue 44, third floor",
      "landmark": "next to the post office", "city": "Nairobi", "country": "KE"
    }]';
    v_items := '[
      ["Samsung Galaxy A15 128 GB", "6.5-inch phone, two SIM cards", 21999],
      ["Tecno Spark 20", "128 GB phone with 32 MP selfie camera", 17499],
      ["Infinix Hot 40i", "256 GB phone, 5000 mAh", 15999],
      ["Oraimo FreePods 4", "Wireless earbuds with noise cancelling", 4500],
      ["Anker PowerCore 10000", "Pocket power bank, 10000 mAh", 3999],
      ["JBL Go 4 Speaker", "Waterproof Bluetooth speaker", 6500],
      ["HP 15 Laptop", "Core i3, 8 GB, 512 GB SSD", 68999],
      ["Lenovo IdeaPad 3", "Ryzen 5, 8 GB, 256 GB SSD", 64500],
      ["TP-Link Archer C6 Router", "Dual-band Wi-Fi router", 5499],
      ["Xiaomi Smart Band 9", "Fitness band, 21 days on one charge", 5999],
      ["Hisense 43-inch Smart TV", "Full HD with built-in apps", 36999],
      ["SanDisk Ultra 64 GB", "microSD card with adapter", 1299],
      ["USB-C Charger 65 W", "Charges phones and laptops", 2499],
      ["Logitech M185 Mouse", "Wireless mouse", 1899],
      ["Mechanical Keyboard", "87 keys, brown switches", 7499],
      ["Ring Light 10-inch", "With tripod and phone holder", 2999],
      ["Solar Power Bank 20000", "20000 mAh with torch", 4799],
      ["Sony WH-CH520 Headphones", "On-ear, 50 hours", 7299],
      ["HDMI Cable 3 m", "4K at 60 Hz", 899],
      ["Screen Repair", "Original screens, done within the hour", 3500]
    ]';
  end if;

  v_tenant_id := internal.provision_tenant(
    v_name || case when p_tenant_number > 2 then ' ' || p_tenant_number else '' end,
    v_host, format('owner@%s', v_host), format('demo-owner-%s', p_tenant_number),
    case when v_is_fashion then 'NG' else 'KE' end, v_currency, 'en', 'enterprise',
    format('demo-%s', p_tenant_number));
  perform internal.adopt_tenant(v_tenant_id);
  perform api.connect_channel('whatsapp', v_name || ' on WhatsApp', v_account);
  select s.id into v_seller_id from commerce.seller_profile as s where s.tenant_id = v_tenant_id;

  -- Above scale 1 the same articles come in numbered editions.
  for v_item in
    select i.value ->> 0 || case when e.number > 1 then ' No. ' || e.number else '' end as name,
           i.value ->> 1 as short_description,
           (i.value ->> 2)::numeric as price,
           upper(left(v_name, 3)) || '-' || (e.number * 100 + i.ordinality) as sku,
           i.ordinality = jsonb_array_length(v_items) as is_service
      from generate_series(1, p_scale) as e (number), jsonb_array_elements(v_items) with ordinality as i
     order by e.number, i.ordinality
  loop
    insert into commerce.products (
      tenant_id, seller_id, name, short_description, sku, product_type, price, currency_code,
      tax_rate, track_inventory, low_stock_threshold, published_at
    )
    values (
      v_tenant_id, v_seller_id, v_item.name, v_item.short_description, v_item.sku,
      case when v_item.is_service then 'service' else 'physical' end, v_item.price, v_currency,
      v_tax_rate, not v_item.is_service, 5, now()
    )
    returning id into v_product_id;
    v_product_ids := v_product_ids || v_product_id;
    if not v_item.is_service then
      perform api.adjust_inventory(
        v_product_id, 20 + floor(random() * 60)::integer, 'initial', null, 'demo ' || v_item.sku);
    end if;
  end loop;

  insert into commerce.storefront_asset (tenant_id, file_name, file_type, url, mime_type, alt_text)
  values (
    v_tenant_id, 'logo.svg', 'image', format('https://%s/logo.svg', v_host), 'image/svg+xml', v_name
  )
  returning id into v_logo_id;
  update commerce.seller_profile as s
     set logo_asset_id = v_logo_id, version = s.version
   where s.tenant_id = v_tenant_id and s.id = v_seller_id;
  insert into commerce.storefront_theme (tenant_id, name, description, tokens)
  values (
    v_tenant_id, v_name, 'The shop''s own colours',
    jsonb_build_object('primary', case when v_is_fashion then '#7a1f5c' else '#0b6e4f' end)
  )
  returning id into v_theme_id;
  insert into commerce.storefront_versions (
    tenant_id, storefront_id, version_number, theme_id, snapshot, change_summary
  )
  select v_tenant_id, s.id, 1, v_theme_id, jsonb_build_object('title', v_name), 'First version'
    from commerce.storefront as s
   where s.tenant_id = v_tenant_id
  returning id into v_version_id;
  update commerce.storefront as s
     set theme_id = v_theme_id, is_published = true, published_version_id = v_version_id,
         published_at = now(), meta_title = v_name, version = s.version
   where s.tenant_id = v_tenant_id;

  for v_number in 1 .. 15 * p_scale loop
    v_person := v_names[1 + (v_number - 1) % 15];
    select m.*
      into v_message
      from internal.receive_message(
        'whatsapp', v_account,
        (case when v_is_fashion then 2347000000000 else 254700000000 end
          + p_tenant_number * 20000 + v_number)::text,
        format('wamid.demo.%s.%s', p_tenant_number, v_number),
        v_greetings[1 + floor(random() * 6)::integer], 'text',
        now() - random() * interval '10 days', v_person) as m;
    continue when v_number % 5 = 0;

    v_order := api.start_order(v_seller_id, null, null, v_message.thread_id);
    for v_line in 1 .. 1 + floor(random() * 3)::integer loop
      v_order := api.set_order_line(
        v_order.id, v_product_ids[1 + floor(random() * 20 * p_scale)::integer],
        1 + floor(random() * 2)::integer, v_order.version);
    end loop;
    continue when v_number % 5 = 1;

    select o.*
      into v_order
      from api.place_order(
        format('demo %s', v_number), v_order.id, v_order.version,
        p_addresses => jsonb_set(v_addresses, '{0,recipient_name}', to_jsonb(v_person))) as o;
    case v_number % 5
      when 2 then
        v_order := api.confirm_order(v_order.id, v_order.version);
      when 3 then
        if v_number % 2 = 1 then
          v_order := api.cancel_order(v_order.id, 'The customer changed their mind', v_order.version);
        end if;
      else null;
    end case;
  end loop;

  -- A shopper with a login, who has ordered in the storefront.
  insert into commerce.users (tenant_id, email, auth_subject, display_name)
  values (
    v_tenant_id, format('buyer@%s', v_host), format('demo-buyer-%s', p_tenant_number), v_names[1]
  )
  returning id into v_user_id;
  insert into commerce.customer (tenant_id, display_name, email)
  values (v_tenant_id, v_names[1], format('buyer@%s', v_host))
  returning id into v_customer_id;
  insert into commerce.buyer_profile (id, tenant_id, user_id, full_name)
  values (v_customer_id, v_tenant_id, v_user_id, v_names[1]);
  perform api.place_order(
    'demo storefront', p_customer_id => v_customer_id, p_channel => 'storefront',
    p_lines => jsonb_build_array(jsonb_build_object('product_id', v_product_ids[1], 'quantity', 1)),
    p_addresses => v_addresses);
  return v_tenant_id;
end
$$;

alter function internal.seed_demo(integer, integer, integer) owner to commerce_definer;
grant execute on function internal.seed_demo(integer, integer, integer) to commerce_worker;
comment on function internal.seed_demo(integer, integer, integer) is
  'Makes the demo shop of this number: catalogue and stock, customers who write and order, a published storefront; 20 products and 15 customers for each scale. The same numbers give the same shop; a number that is there already is returned untouched. One shop a transaction. Owner demo-owner-N, shopper demo-buyer-N, host demo-N.example. SCVAL with the field.';
