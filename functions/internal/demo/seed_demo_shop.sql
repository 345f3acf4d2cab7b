-- Odd numbers are fashion shops in Lagos, even ones electronics shops in Nairobi; the first of each has
-- the plain name. The last article is a service, which has no stock.
create or replace function internal.seed_demo_shop(p_tenant_number integer)
  returns jsonb
  language sql
  immutable
  security invoker
  set search_path = pg_catalog, pg_temp
as $$
  select s.content || jsonb_build_object(
           'number', p_tenant_number,
           'host', format('demo-%s.example', p_tenant_number),
           'account', format('demo-account-%s', p_tenant_number),
           'name', concat_ws(' ', s.content ->> 'name', nullif(p_tenant_number, least(p_tenant_number, 2))))
    from (select (case when p_tenant_number % 2 = 1 then '{
    "name": "Adunni Styles",
    "country": "NG",
    "currency_code": "NGN",
    "tax_rate": 0.075,
    "prices_include_tax": false,
    "first_phone_number": 2347000000000,
    "colour": "#7a1f5c",
    "mobile_money": "OPay",
    "people": [
      "Adaeze Okafor", "Tunde Bakare", "Ngozi Eze", "Segun Adeyemi", "Funmilayo Ojo", "Chidi Nwosu",
      "Halima Bello", "Emeka Obi", "Yetunde Alabi", "Ibrahim Musa", "Kemi Adebayo", "Uche Okoro",
      "Zainab Sani", "Femi Akande", "Ifeoma Umeh"
    ],
    "team": ["Bukola Ige", "Dapo Salami", "Chioma Anya", "Musa Garba"],
    "second_seller": "Kano Leather Works",
    "questions": [
      "Good morning, is the Ankara Wrap Dress available in size 12?",
      "Please how much is delivery to Lekki?", "Hello, I saw your post. I want to order.",
      "Abeg send me the price list", "Do you have this in blue?", "Can I pick up in Yaba tomorrow?"
    ],
    "address": {
      "street_address": "12 Awolowo Road", "landmark": "opposite the filling station", "city": "Lagos",
      "state": "Lagos", "country": "NG"
    },
    "articles": [
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
    ]
  }' else '{
    "name": "Savanna Electronics",
    "country": "KE",
    "currency_code": "KES",
    "tax_rate": 0.16,
    "prices_include_tax": true,
    "first_phone_number": 254700000000,
    "colour": "#0b6e4f",
    "mobile_money": "M-Pesa",
    "people": [
      "Wanjiru Kamau", "Brian Otieno", "Achieng Odhiambo", "Kevin Mwangi", "Faith Chebet", "Hassan Abdi",
      "Mercy Njeri", "Dennis Kiprono", "Amina Yusuf", "Peter Mutua", "Grace Wambui", "Samuel Kariuki",
      "Joy Nyambura", "Collins Ochieng", "Lilian Atieno"
    ],
    "team": ["Esther Wairimu", "Moses Kibet", "Rose Akinyi", "David Njoroge"],
    "second_seller": "Tom Mboya Repairs",
    "questions": [
      "Habari, do you have the Galaxy A15 in stock?", "How much is delivery to Westlands?",
      "Hi, is this charger original?", "Naomba bei ya laptop", "Do you repair screens while I wait?",
      "Can I pay with M-Pesa on delivery?"
    ],
    "address": {
      "street_address": "Moi Avenue 44, third floor", "landmark": "next to the post office",
      "city": "Nairobi", "state": null, "country": "KE"
    },
    "articles": [
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
    ]
  }' end)::jsonb) as s (content)
$$;

grant execute on function internal.seed_demo_shop(integer) to commerce_definer;
comment on function internal.seed_demo_shop(integer) is
  'The contents of the demo shop of this number: its name, place, people, questions and articles [name, description, price].';
