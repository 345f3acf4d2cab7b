-- What is the same for every merchant. Under FORCE the owner sees no rows, and would insert or delete
-- none with success: so it is lifted for the length of this transaction, and the rows are counted.

-- Up Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

alter table commerce.currency no force row level security;
alter table commerce.subscription_plan no force row level security;
alter table commerce.permission no force row level security;
alter table commerce.role_permission no force row level security;
alter table commerce.storefront_theme no force row level security;

-- ISO 4217, without funds, metals and testing codes.
insert into commerce.currency (code, minor_unit, name)
values
  ('AED', 2, 'UAE dirham'),
  ('AFN', 2, 'Afghani'),
  ('ALL', 2, 'Lek'),
  ('AMD', 2, 'Armenian dram'),
  ('AOA', 2, 'Kwanza'),
  ('ARS', 2, 'Argentine peso'),
  ('AUD', 2, 'Australian dollar'),
  ('AWG', 2, 'Aruban florin'),
  ('AZN', 2, 'Azerbaijan manat'),
  ('BAM', 2, 'Convertible mark'),
  ('BBD', 2, 'Barbados dollar'),
  ('BDT', 2, 'Taka'),
  ('BHD', 3, 'Bahraini dinar'),
  ('BIF', 0, 'Burundi franc'),
  ('BMD', 2, 'Bermudian dollar'),
  ('BND', 2, 'Brunei dollar'),
  ('BOB', 2, 'Boliviano'),
  ('BRL', 2, 'Brazilian real'),
  ('BSD', 2, 'Bahamian dollar'),
  ('BTN', 2, 'Ngultrum'),
  ('BWP', 2, 'Pula'),
  ('BYN', 2, 'Belarusian ruble'),
  ('BZD', 2, 'Belize dollar'),
  ('CAD', 2, 'Canadian dollar'),
  ('CDF', 2, 'Congolese franc'),
  ('CHF', 2, 'Swiss franc'),
  ('CLP', 0, 'Chilean peso'),
  ('CNY', 2, 'Yuan renminbi'),
  ('COP', 2, 'Colombian peso'),
  ('CRC', 2, 'Costa Rican colon'),
  ('CUP', 2, 'Cuban peso'),
  ('CVE', 2, 'Cabo Verde escudo'),
  ('CZK', 2, 'Czech koruna'),
  ('DJF', 0, 'Djibouti franc'),
  ('DKK', 2, 'Danish krone'),
  ('DOP', 2, 'Dominican peso'),
  ('DZD', 2, 'Algerian dinar'),
  ('EGP', 2, 'Egyptian pound'),
  ('ERN', 2, 'Nakfa'),
  ('ETB', 2, 'Ethiopian birr'),
  ('EUR', 2, 'Euro'),
  ('FJD', 2, 'Fiji dollar'),
  ('FKP', 2, 'Falkland Islands pound'),
  ('GBP', 2, 'Pound sterling'),
  ('GEL', 2, 'Lari'),
  ('GHS', 2, 'Ghana cedi'),
  ('GIP', 2, 'Gibraltar pound'),
  ('GMD', 2, 'Dalasi'),
  ('GNF', 0, 'Guinean franc'),
  ('GTQ', 2, 'Quetzal'),
  ('GYD', 2, 'Guyana dollar'),
  ('HKD', 2, 'Hong Kong dollar'),
  ('HNL', 2, 'Lempira'),
  ('HTG', 2, 'Gourde'),
  ('HUF', 2, 'Forint'),
  ('IDR', 2, 'Rupiah'),
  ('ILS', 2, 'New Israeli sheqel'),
  ('INR', 2, 'Indian rupee'),
  ('IQD', 3, 'Iraqi dinar'),
  ('IRR', 2, 'Iranian rial'),
  ('ISK', 0, 'Iceland krona'),
  ('JMD', 2, 'Jamaican dollar'),
  ('JOD', 3, 'Jordanian dinar'),
  ('JPY', 0, 'Yen'),
  ('KES', 2, 'Kenyan shilling'),
  ('KGS', 2, 'Som'),
  ('KHR', 2, 'Riel'),
  ('KMF', 0, 'Comorian franc'),
  ('KPW', 2, 'North Korean won'),
  ('KRW', 0, 'Won'),
  ('KWD', 3, 'Kuwaiti dinar'),
  ('KYD', 2, 'Cayman Islands dollar'),
  ('KZT', 2, 'Tenge'),
  ('LAK', 2, 'Lao kip'),
  ('LBP', 2, 'Lebanese pound'),
  ('LKR', 2, 'Sri Lanka rupee'),
  ('LRD', 2, 'Liberian dollar'),
  ('LSL', 2, 'Loti'),
  ('LYD', 3, 'Libyan dinar'),
  ('MAD', 2, 'Moroccan dirham'),
  ('MDL', 2, 'Moldovan leu'),
  ('MGA', 2, 'Malagasy ariary'),
  ('MKD', 2, 'Denar'),
  ('MMK', 2, 'Kyat'),
  ('MNT', 2, 'Tugrik'),
  ('MOP', 2, 'Pataca'),
  ('MRU', 2, 'Ouguiya'),
  ('MUR', 2, 'Mauritius rupee'),
  ('MVR', 2, 'Rufiyaa'),
  ('MWK', 2, 'Malawi kwacha'),
  ('MXN', 2, 'Mexican peso'),
  ('MYR', 2, 'Malaysian ringgit'),
  ('MZN', 2, 'Mozambique metical'),
  ('NAD', 2, 'Namibia dollar'),
  ('NGN', 2, 'Naira'),
  ('NIO', 2, 'Cordoba oro'),
  ('NOK', 2, 'Norwegian krone'),
  ('NPR', 2, 'Nepalese rupee'),
  ('NZD', 2, 'New Zealand dollar'),
  ('OMR', 3, 'Rial omani'),
  ('PAB', 2, 'Balboa'),
  ('PEN', 2, 'Sol'),
  ('PGK', 2, 'Kina'),
  ('PHP', 2, 'Philippine peso'),
  ('PKR', 2, 'Pakistan rupee'),
  ('PLN', 2, 'Zloty'),
  ('PYG', 0, 'Guarani'),
  ('QAR', 2, 'Qatari rial'),
  ('RON', 2, 'Romanian leu'),
  ('RSD', 2, 'Serbian dinar'),
  ('RUB', 2, 'Russian ruble'),
  ('RWF', 0, 'Rwanda franc'),
  ('SAR', 2, 'Saudi riyal'),
  ('SBD', 2, 'Solomon Islands dollar'),
  ('SCR', 2, 'Seychelles rupee'),
  ('SDG', 2, 'Sudanese pound'),
  ('SEK', 2, 'Swedish krona'),
  ('SGD', 2, 'Singapore dollar'),
  ('SHP', 2, 'Saint Helena pound'),
  ('SLE', 2, 'Leone'),
  ('SOS', 2, 'Somali shilling'),
  ('SRD', 2, 'Surinam dollar'),
  ('SSP', 2, 'South Sudanese pound'),
  ('STN', 2, 'Dobra'),
  ('SVC', 2, 'El Salvador colon'),
  ('SYP', 2, 'Syrian pound'),
  ('SZL', 2, 'Lilangeni'),
  ('THB', 2, 'Baht'),
  ('TJS', 2, 'Somoni'),
  ('TMT', 2, 'Turkmenistan new manat'),
  ('TND', 3, 'Tunisian dinar'),
  ('TOP', 2, 'Pa’anga'),
  ('TRY', 2, 'Turkish lira'),
  ('TTD', 2, 'Trinidad and Tobago dollar'),
  ('TWD', 2, 'New Taiwan dollar'),
  ('TZS', 2, 'Tanzanian shilling'),
  ('UAH', 2, 'Hryvnia'),
  ('UGX', 0, 'Uganda shilling'),
  ('USD', 2, 'US dollar'),
  ('UYU', 2, 'Peso uruguayo'),
  ('UZS', 2, 'Uzbekistan sum'),
  ('VED', 2, 'Digital bolivar'),
  ('VES', 2, 'Bolivar soberano'),
  ('VND', 0, 'Dong'),
  ('VUV', 0, 'Vatu'),
  ('WST', 2, 'Tala'),
  ('XAF', 0, 'CFA franc BEAC'),
  ('XCD', 2, 'East Caribbean dollar'),
  ('XCG', 2, 'Caribbean guilder'),
  ('XOF', 0, 'CFA franc BCEAO'),
  ('XPF', 0, 'CFP franc'),
  ('YER', 2, 'Yemeni rial'),
  ('ZAR', 2, 'Rand'),
  ('ZMW', 2, 'Zambian kwacha'),
  ('ZWG', 2, 'Zimbabwe gold')
on conflict do nothing;

insert into commerce.subscription_plan (
  code, name, max_products, max_team_members, max_channels, max_messages_per_month,
  max_orders_per_month, max_storage_bytes
)
values
  ('free', 'Free', 50, 2, 1, 1000, 100, 1073741824),
  ('basic', 'Basic', 500, 5, 2, 10000, 1000, 10737418240),
  ('standard', 'Standard', 5000, 15, 5, 50000, 10000, 53687091200),
  ('premium', 'Premium', 50000, 50, 10, 500000, 100000, 536870912000),
  ('enterprise', 'Enterprise', null, null, null, null, null, null)
on conflict do nothing;

insert into commerce.permission (code, description)
values
  ('settings.manage', 'Change the merchant''s settings.'),
  ('team.read', 'See the team.'),
  ('team.manage', 'Change profiles of the team and sellers, invite and deactivate members.'),
  ('customers.read', 'See customers and buyers.'),
  ('customers.manage', 'Change, block and delete customers.'),
  ('products.manage', 'Create, change and delete products.'),
  ('inventory.manage', 'Change stock and see its ledger.'),
  ('orders.read', 'See orders.'),
  ('orders.manage', 'Take, confirm and cancel orders.'),
  ('conversations.read', 'See conversations.'),
  ('conversations.reply', 'Write to customers.'),
  ('conversations.manage', 'Assign and close conversations of others.'),
  ('channels.manage', 'Connect and disconnect channels.'),
  ('storefront.manage', 'Change the storefront, its themes and files.'),
  ('storefront.publish', 'Publish the storefront.'),
  ('kyc.review', 'Review the verification of sellers.'),
  ('reports.read', 'See reports.'),
  ('audit.read', 'See who changed what.'),
  ('audit.redact', 'Remove the values of a record from the log.'),
  ('payments.manage', 'Verify payments and pay money back.'),
  ('returns.manage', 'Decide on returns.'),
  ('complaints.manage', 'Deal with complaints.'),
  ('violations.manage', 'Issue and lift violations.'),
  ('records.restore', 'Bring deleted records back.')
on conflict do nothing;

insert into commerce.role_permission (role, permission_code)
select r.role, p.code
  from commerce.permission as p
 cross join (values ('owner'), ('admin')) as r (role)
on conflict do nothing;
insert into commerce.role_permission (role, permission_code)
select r.role, unnest(r.codes)
  from (values
    ('manager', array[
      'team.read', 'customers.read', 'customers.manage', 'products.manage', 'inventory.manage',
      'orders.read', 'orders.manage', 'conversations.read', 'conversations.reply',
      'conversations.manage', 'storefront.manage', 'storefront.publish', 'reports.read',
      'payments.manage', 'returns.manage', 'complaints.manage', 'violations.manage', 'records.restore'
    ]),
    ('editor', array[
      'team.read', 'customers.read', 'products.manage', 'inventory.manage', 'orders.read',
      'conversations.read', 'conversations.reply', 'storefront.manage'
    ]),
    ('viewer', array[
      'team.read', 'customers.read', 'orders.read', 'conversations.read', 'reports.read'
    ]),
    ('service', array[
      'customers.read', 'orders.read', 'orders.manage', 'conversations.read', 'conversations.reply'
    ])
  ) as r (role, codes)
on conflict do nothing;

-- The same ids in every database, so that a merchant who moves finds the theme again.
insert into commerce.storefront_theme (id, tenant_id, is_system, name, description, tokens)
values
  ('01a22246-2b68-7087-9c29-06ac24b5e700', null, true, 'Clarity', 'Plain and light; the products speak.',
    '{"color": {"background": "#ffffff", "text": "#1a1a1a", "accent": "#0b7a5c"}, "font": "sans-serif", "radius": 8}'),
  ('01a22246-2b69-7d83-9e27-df4f862d44fa', null, true, 'Market', 'Warm and dense, for large catalogues.',
    '{"color": {"background": "#fff8ef", "text": "#2b1d0e", "accent": "#c2410c"}, "font": "serif", "radius": 2}')
on conflict do nothing;

do $$
begin
  assert (select count(*) from commerce.currency) = 155, 'currencies';
  assert (select count(*) from commerce.subscription_plan) = 5, 'plans';
  assert (select count(*) from commerce.permission) = 24, 'permissions';
  assert (select count(*) from commerce.role_permission) = 84, 'permissions of roles';
  assert (select count(*) from commerce.storefront_theme where is_system) = 2, 'system themes';
end
$$;

alter table commerce.currency force row level security;
alter table commerce.subscription_plan force row level security;
alter table commerce.permission force row level security;
alter table commerce.role_permission force row level security;
alter table commerce.storefront_theme force row level security;

-- Down Migration
set local lock_timeout = '2s';
set local statement_timeout = '5min';
set local role commerce_owner;

alter table commerce.currency no force row level security;
alter table commerce.subscription_plan no force row level security;
alter table commerce.permission no force row level security;
alter table commerce.role_permission no force row level security;
alter table commerce.storefront_theme no force row level security;

-- What merchants refer to stays, table by table, until its table goes.
do $$
declare
  v_rows text;
begin
  foreach v_rows in array array[
    'storefront_theme where is_system', 'role_permission', 'permission', 'subscription_plan', 'currency'
  ]
  loop
    begin
      execute 'delete from commerce.' || v_rows;
    exception
      when foreign_key_violation or restrict_violation then
        raise notice 'rows of commerce.% are referred to, and stay', v_rows;
    end;
  end loop;
end
$$;

alter table commerce.currency force row level security;
alter table commerce.subscription_plan force row level security;
alter table commerce.permission force row level security;
alter table commerce.role_permission force row level security;
alter table commerce.storefront_theme force row level security;
