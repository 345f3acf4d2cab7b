import type pg from 'pg';
import t, { type Test } from 'tap';
import {
  addChatCustomer,
  addProduct,
  addSeller,
  addShopper,
  asRead,
  one,
  openShop,
  refused,
} from '../functions/shop.ts';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember } from '../support/session.ts';
import { tenantMayBeNull, withoutTenant } from './declared.ts';

/** Where the seed document contradicts itself, the schema decides; a test for each decision. */
const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

const { rows: tables } = await db.installer.query<{ name: string }>(
  `select relname as name from pg_class where relnamespace = 'commerce'::regnamespace and relkind = 'r'`,
);
const tableNames = tables.map(({ name }) => name);

/** `(own columns) → table (its columns)` of every foreign key. */
async function foreignKeysOf(table: string): Promise<string[]> {
  const { rows } = await db.installer.query<{ definition: string }>(
    `select regexp_replace(pg_get_constraintdef(oid), '^FOREIGN KEY (.*) REFERENCES commerce\\.(\\w+)(\\([^)]*\\)).*$', '\\1 → \\2 \\3') as definition
       from pg_constraint where contype = 'f' and conrelid = $1::regclass`,
    [`commerce.${table}`],
  );
  return rows.map(({ definition }) => definition);
}

/** Column lists that are unique over all rows of the table. */
async function uniqueKeysOf(table: string): Promise<string[]> {
  const { rows } = await db.installer.query<{ columns: string }>(
    `select (select string_agg(a.attname, ', ' order by u.place)
               from unnest(i.indkey::smallint[]) with ordinality as u (number, place)
               join pg_attribute a on a.attrelid = i.indrelid and a.attnum = u.number) as columns
       from pg_index i where i.indisunique and i.indpred is null and i.indrelid = $1::regclass`,
    [`commerce.${table}`],
  );
  return rows.map(({ columns }) => columns);
}

/** That the constraint of this name refuses the statement. */
async function breaks(t: Test, constraint: string, sql: string, values: unknown[]): Promise<void> {
  const error = await db.installer.query(sql, values).then(
    () => undefined,
    (reason: pg.DatabaseError) => reason,
  );
  t.equal(error?.constraint, constraint, constraint);
}

t.test('headings name the tables; plurals are names of relations only', async (t) => {
  for (const [heading, plural] of [
    ['saved_payment_method', 'saved_payment_methods'],
    ['kyc_document', 'kyc_documents'],
    ['storefront', 'storefronts'],
  ] as const) {
    t.ok(tableNames.includes(heading), heading);
    t.notOk(tableNames.includes(plural), `no table ${plural}`);
  }
});

t.test('what is named in relations only is a table of that name', async (t) => {
  const named = ['complaints', 'violations', 'storefront_versions', 'storefront_drafts', 'customer'];
  t.strictSame(
    named.filter((name) => !tableNames.includes(name)),
    [],
  );
  t.match(
    (await foreignKeysOf('conversation_thread')).join(),
    /\(tenant_id, channel_id\) → channel \(tenant_id, id\)/,
    'channel_id leads to channel, by the thread of the message',
  );
  const { id } = await one<{ id: string | null }>(
    db.installer,
    `select to_regclass('audit.log')::text as id`,
  );
  t.equal(id, 'audit.log', 'the audit tables');
});

t.test(
  'a person who writes is a customer, and the first order makes a buyer with the same key',
  async (t) => {
    const { customerId, threadId } = await addChatCustomer(db, shop, '2348030000001');
    const buyers = () =>
      one<{ n: number }>(
        db.installer,
        'select count(*)::integer as n from commerce.buyer_profile where id = $1',
        [customerId],
      );
    t.equal((await buyers()).n, 0, 'a chat makes no buyer');
    const order = await asMember(db, shop.owner, (client) =>
      one(client, 'select * from api.start_order($1, null, p_thread_id => $2)', [shop.sellerId, threadId]),
    );
    t.equal(order.customer_id, customerId, 'chat and order name the same id');
    t.equal((await buyers()).n, 1);
    await breaks(
      t,
      'buyer_profile_id_fkey',
      `insert into commerce.buyer_profile (id, tenant_id, user_id)
       select internal.uuid_v7(), tenant_id, user_id from commerce.seller_profile where id = $1`,
      [shop.sellerId],
    );
  },
);

t.test('profiles belong to one user each, and a user has one of each at most', async (t) => {
  for (const profile of ['buyer_profile', 'seller_profile']) {
    t.match(
      (await foreignKeysOf(profile)).join(),
      /\(tenant_id, user_id\) → users \(tenant_id, id\)/,
      profile,
    );
    t.ok((await uniqueKeysOf(profile)).includes('tenant_id, user_id'), `${profile}: one a user`);
  }
  await breaks(
    t,
    'seller_profile_tenant_id_user_id_key',
    `insert into commerce.seller_profile (tenant_id, user_id, business_name, slug)
       select tenant_id, user_id, 'Again', 'again' from commerce.seller_profile where id = $1`,
    [shop.sellerId],
  );
  await t.rejects(
    db.installer.query(
      `insert into commerce.seller_profile (tenant_id, business_name, slug) values ($1, 'Nobody', 'nobody')`,
      [shop.tenantId],
    ),
    { code: '23502', column: 'user_id' },
  );
});

t.test('a person who only chats is a user without e-mail and without a login', async (t) => {
  const person = await one(
    db.installer,
    `select u.email, u.auth_subject from commerce.users u join commerce.buyer_profile b on b.user_id = u.id
      where b.tenant_id = $1 and u.auth_subject is null`,
    [shop.tenantId],
  );
  t.match(person, { email: null, auth_subject: null });
});

t.test('addresses and payment methods name the buyer by user_id', async (t) => {
  for (const table of ['address_book', 'saved_payment_method']) {
    t.match(
      (await foreignKeysOf(table)).join(),
      /\(tenant_id, user_id\) → buyer_profile \(tenant_id, user_id\)/,
      table,
    );
  }
  await breaks(
    t,
    'address_book_user_id_fkey',
    `insert into commerce.address_book (tenant_id, user_id, recipient_name, street_address, city, country)
       select tenant_id, user_id, 'Ada', '1 Marina', 'Lagos', 'NG' from commerce.seller_profile where id = $1`,
    [shop.sellerId],
  );
});

t.test('kyc_info hangs on the onboarding by seller_id, one each', async (t) => {
  t.match(
    (await foreignKeysOf('kyc_info')).join(),
    /\(tenant_id, seller_id\) → seller_onboarding \(tenant_id, seller_id\)/,
  );
  for (const table of ['kyc_info', 'seller_onboarding']) {
    t.ok((await uniqueKeysOf(table)).includes('tenant_id, seller_id'), `${table}: one a seller`);
  }
});

t.test('the product of an order is that of its first line', async (t) => {
  const first = await addProduct(db, shop, { stock: 5, name: 'First' });
  const second = await addProduct(db, shop, { stock: 5, name: 'Second' });
  const shopper = await addShopper(db, shop, 'two lines');
  await asBuyer(db, shopper, async (client) => {
    const set = 'select * from api.set_order_line($1, $2, 1, $3)';
    const basket = await one(client, `select * from api.start_order($1, 'storefront')`, [shop.sellerId]);
    t.equal(basket.product_id, null, 'none without a line');
    const withFirst = await one(client, set, [basket.id, first, basket.version]);
    const withBoth = await one(client, set, [basket.id, second, withFirst.version]);
    t.equal(withBoth.product_id, first);
    const without = await one(client, 'select * from api.remove_order_line($1, $2, $3)', [
      basket.id,
      first,
      withBoth.version,
    ]);
    t.equal(without.product_id, second);
  });
});

t.test('an order has one seller: a mixed basket is split', async (t) => {
  const second = await addSeller(db, shop);
  const shopper = await addShopper(db, shop, 'mixed');
  const lines = [
    { product_id: await addProduct(db, shop, { stock: 5 }), quantity: 1 },
    { product_id: await addProduct(db, shop, { stock: 5, sellerId: second }), quantity: 1 },
  ];
  const { rows } = await asBuyer(db, shopper, (client) =>
    client.query(
      `select seller_id from api.place_order('mixed', p_lines => $1, p_expected_totals => ${asRead('$1')}, p_channel => 'storefront')`,
      [JSON.stringify(lines)],
    ),
  );
  t.strictSame(new Set(rows.map(({ seller_id }) => seller_id)), new Set([shop.sellerId, second]));
});

t.test('the channel of an order and of its channel data are one value of one set', async (t) => {
  const { rows } = await db.installer.query<{ members: string }>(
    `select substring(pg_get_constraintdef(oid) from 'ARRAY.*\\]') as members from pg_constraint
      where conname in ('orders_channel_set', 'order_channel_meta_channel_type_set')`,
  );
  t.equal(rows.length, 2);
  t.equal(rows[0]?.members, rows[1]?.members, 'the same closed set');
  await breaks(
    t,
    'order_channel_meta_order_id_fkey',
    `insert into commerce.order_channel_meta (tenant_id, order_id, seller_id, channel_type)
       select tenant_id, id, seller_id, 'sms' from commerce.orders where tenant_id = $1 and channel = 'whatsapp' limit 1`,
    [shop.tenantId],
  );
});

t.test('an event is about a message, and both are of one thread', async (t) => {
  const { messageId, threadId } = await addChatCustomer(db, shop, '2348030000002');
  const { threadId: elsewhere } = await addChatCustomer(db, shop, '2348030000003');
  const insert = `insert into commerce.conversation_event (tenant_id, thread_id, conversation_id, event_type)
                  values ($1, $2, $3, 'note_added')`;
  await db.installer.query(insert, [shop.tenantId, threadId, messageId]);
  await breaks(t, 'conversation_event_conversation_id_fkey', insert, [shop.tenantId, elsewhere, messageId]);
});

t.test('a user belongs to one tenant, an administrator to none; one human may be two users', async (t) => {
  const insert = 'insert into commerce.users (tenant_id, is_system_admin, auth_subject) values ($1, $2, $3)';
  for (const { tenantId } of [shop, other])
    await db.installer.query(insert, [tenantId, false, 'in two shops']);
  await breaks(t, 'users_tenant_id_auth_subject_key', insert, [shop.tenantId, false, 'in two shops']);
  await breaks(t, 'users_admin_has_no_tenant', insert, [null, false, 'homeless']);
  await breaks(t, 'users_admin_has_no_tenant', insert, [shop.tenantId, true, 'owned']);
});

t.test(
  "a storefront wears its own or a system's theme, and only those of the system have no tenant",
  async (t) => {
    const { rows } = await db.installer.query(
      'select from commerce.storefront_theme where is_system <> (tenant_id is null)',
    );
    t.equal(rows.length, 0);
    const theme = await asMember(db, other.owner, (client) =>
      one(client, `insert into api.storefront_theme (name) values ('Theirs') returning id`),
    );
    await refused(
      t,
      asMember(db, shop.owner, (client) =>
        client.query('update api.storefront set theme_id = $1, version = version', [theme.id]),
      ),
      'SCVAL',
      { field: 'theme_id' },
    );
  },
);

t.test('a host belongs to one shop, whether as its domain or as its custom domain', async (t) => {
  const { domain } = await one<{ domain: string }>(
    db.installer,
    'select domain from commerce.tenant where id = $1',
    [other.tenantId],
  );
  // Nobody may write it before domains are verified; the claim is what is tested.
  await db.installer.query(
    'grant update (custom_domain) on commerce.storefront, api.storefront to commerce_member',
  );
  await refused(
    t,
    asMember(db, shop.owner, (client) =>
      client.query('update api.storefront set custom_domain = $1, version = version', [domain]),
    ),
    'SCDUP',
    { field: 'custom_domain' },
  );
});

t.test('every table of a tenant has tenant_id', async (t) => {
  const { rows } = await db.installer.query<{ name: string; nullable: boolean }>(
    `select c.relname as name, not a.attnotnull as nullable
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
      where c.relnamespace = 'commerce'::regnamespace and c.relkind = 'r'`,
  );
  const owned = rows.map(({ name }) => name);
  t.strictSame(tableNames.filter((name) => !owned.includes(name)).sort(), withoutTenant);
  t.strictSame(
    rows
      .filter(({ nullable }) => nullable)
      .map(({ name }) => name)
      .sort(),
    tenantMayBeNull,
  );
});

t.test('switch, removal and life cycle do not contradict each other', async (t) => {
  await breaks(
    t,
    'tenant_closed_is_inactive',
    `insert into commerce.tenant (name, domain, status, is_active) values ('Closed', $1, 'closed', true)`,
    ['closed.example'],
  );
  await breaks(
    t,
    'orders_deleted_never_sold',
    `insert into commerce.orders (tenant_id, seller_id, customer_id, currency_code, channel, status, order_number, placed_at, is_deleted, deleted_at)
     select $1, id, id, 'NGN', 'sms', 'pending', '1', now(), true, now() from commerce.seller_profile where tenant_id = $1 limit 1`,
    [shop.tenantId],
  );
});
