import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import { addProduct, addSeller, addShopper, one, openShop, type Row, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

const list = `select m.order_id, o.order_number from api.list_orders(
  $1::text[], $2, $3::date, $4::date, $5::uuid, $6, $7::uuid, $8) m join api.orders o on o.id = m.order_id`;
const filters = [
  'statuses',
  'payment_status',
  'from',
  'to',
  'seller_id',
  'channel',
  'customer_id',
  'term',
] as const;
type Filters = { [name in (typeof filters)[number]]?: unknown };
const values = (given: Filters) => filters.map((name) => given[name] ?? null);

const product = await addProduct(db, shop, { stock: 99 });
const secondSeller = await addSeller(db, shop);
const theirs = await addProduct(db, shop, { stock: 99, sellerId: secondSeller });
const ada = await addShopper(db, shop, 'Ada Obi');
const bisi = await addShopper(db, shop, 'Bisi 100%_Ade');
await db.installer.query(
  `update commerce.buyer_profile set phone_number = '+2348031234567', version = version where id = $1`,
  [ada.customerId],
);

/** Places an order of one line, so many minutes after the epoch of the test. */
async function place(customerId: string, channel: string, productId: string, minutes: number) {
  const order = await asMember(db, shop.owner, (client) =>
    one(client, `select * from api.place_order($1, p_lines => $2, p_customer_id => $3, p_channel => $4)`, [
      `order ${minutes}`,
      JSON.stringify([{ product_id: productId, quantity: 1 }]),
      customerId,
      channel,
    ]),
  );
  await db.installer.query(
    `update commerce.orders set placed_at = '2026-03-01 12:00Z'::timestamptz + $2 * interval '1 minute', version = version
      where id = $1`,
    [order.id, minutes],
  );
  return order;
}
// The latest placed is not the latest made.
const first = await place(ada.customerId, 'whatsapp', product, 50);
const second = await place(bisi.customerId, 'storefront', product, 40);
const third = await place(ada.customerId, 'storefront', theirs, 30);
const fourth = await place(ada.customerId, 'phone', product, 3000);
await asMember(db, shop.owner, (client) =>
  client.query('select api.confirm_order($1, version) from api.orders where id = $1', [second.id]),
);
const basket = await asMember(db, shop.owner, (client) =>
  one(client, `select * from api.start_order($1, 'sms', $2)`, [shop.sellerId, ada.customerId]),
);

const found = (given: Filters, client?: Parameters<Parameters<typeof asMember>[2]>[0]) =>
  client
    ? client
        .query<{ order_id: string }>(list, values(given))
        .then(({ rows }) => rows.map((row) => row.order_id))
    : asMember(db, shop.owner, (own) =>
        own
          .query<{ order_id: string }>(list, values(given))
          .then(({ rows }) => rows.map((row) => row.order_id)),
      );

t.test('the board goes by the time of placing, with whatever filters', async (t) => {
  const ids = (...orders: Row[]) => orders.map(({ id }) => id);
  const cases: [string, Filters, string[]][] = [
    ['all', {}, ids(basket, fourth, first, second, third)],
    ['some statuses', { statuses: ['confirmed', 'draft', 'draft'] }, ids(basket, second)],
    ['one status', { statuses: ['pending'] }, ids(fourth, first, third)],
    ['no status is all', { statuses: [] }, ids(basket, fourth, first, second, third)],
    ['a payment status', { payment_status: 'unpaid', statuses: ['pending'] }, ids(fourth, first, third)],
    ['another payment status', { payment_status: 'paid' }, []],
    ['a day', { from: '2026-03-01', to: '2026-03-01' }, ids(first, second, third)],
    ['from a day', { from: '2026-03-02', statuses: ['pending'] }, ids(fourth)],
    ['a seller', { seller_id: secondSeller }, ids(third)],
    ['a channel', { channel: 'storefront' }, ids(second, third)],
    ['a customer', { customer_id: bisi.customerId }, ids(second)],
    ['a part of the number', { term: '00001' }, ids(first)],
    ['a part of the name', { term: ' ada o ' }, ids(fourth, first, third)],
    ['what is no pattern', { term: '100%_a' }, ids(second)],
    ['nor an escape', { term: '100\\%' }, []],
    ['a part of the telephone number', { term: '0803 123' }, ids(fourth, first, third)],
    ['which ends it', { term: '4567' }, ids(fourth, first, third)],
    [
      'all at once',
      {
        statuses: ['pending', 'shipped'],
        payment_status: 'unpaid',
        from: '2026-03-01',
        to: '2026-03-02',
        seller_id: shop.sellerId,
        channel: 'whatsapp',
        customer_id: ada.customerId,
        term: 'ORD-',
      },
      ids(first),
    ],
  ];
  for (const [name, given, wanted] of cases) {
    t.strictSame(
      (await found(given)).filter((id) => given.from !== '2026-03-02' || id !== basket.id),
      wanted,
      name,
    );
  }
});

t.test('pages, and the counts of tabs', async (t) => {
  await asMember(db, shop.owner, async (client) => {
    const seen: string[] = [];
    let last: { order_id: string; listed_at: Date } | undefined;
    for (;;) {
      const { rows } = await client.query<{ order_id: string; listed_at: Date }>(
        `select * from api.list_orders(p_statuses => '{pending,confirmed}', p_first => 1, p_after_at => $1, p_after_id => $2)`,
        [last?.listed_at ?? null, last?.order_id ?? null],
      );
      last = rows[0];
      if (last === undefined) break;
      seen.push(last.order_id);
    }
    t.strictSame(
      seen,
      [fourth, first, second, third].map(({ id }) => id),
    );
    const counts = async (given: Filters) =>
      Object.fromEntries(
        (
          await client.query(
            `select status, order_count::integer as n from api.count_orders($1, $2, $3, $4, $5, $6, $7, $8) where order_count > 0`,
            values(given),
          )
        ).rows.map(({ status, n }) => [status, n]),
      );
    t.strictSame(await counts({}), { draft: 1, pending: 3, confirmed: 1 });
    t.strictSame(await counts({ customer_id: bisi.customerId }), { confirmed: 1 });
    t.strictSame(await counts({ statuses: ['pending'], term: 'Obi' }), { pending: 3 });
    for (const statuses of [null, []]) {
      const { rows } = await client.query('select status from api.count_orders($1)', [statuses]);
      t.strictSame(
        rows.map(({ status }) => status),
        ['draft', 'pending', 'confirmed', 'processing', 'shipped', 'delivered', 'cancelled', 'returned'],
        'every status has a count, also of none, in the order of an order',
      );
      const listed = await client.query('select from api.list_orders($1)', [statuses]);
      t.equal(listed.rowCount, 5, 'and the list has every status as well');
    }
  });
});

t.test('everybody finds what they see', async (t) => {
  await asBuyer(db, ada, async (client) => {
    t.equal((await found({}, client)).length, 4);
    t.strictSame(await found({ customer_id: bisi.customerId }, client), [...(await found({}, client))]);
  });
  const { subject } = { subject: 'the second seller' };
  await db.installer.query(
    `update commerce.users as u set auth_subject = $2, version = u.version
       from commerce.seller_profile as s where s.id = $1 and u.id = s.user_id`,
    [secondSeller, subject],
  );
  await asMember(db, { tenantId: shop.tenantId, subject }, async (client) => {
    t.strictSame(await found({}, client), [third.id], 'a seller, own sales');
    t.strictSame(await found({ seller_id: shop.sellerId }, client), [third.id]);
  });
  await asMember(db, other.owner, async (client) => t.strictSame(await found({}, client), []));
  await refused(
    t,
    asWorker(db, (client) => client.query('select from api.list_orders()')),
    'SCTEN',
  );
  await refused(
    t,
    asBuyer(db, { tenantId: shop.tenantId, subject: 'nobody' }, (client) =>
      client.query('select from api.list_orders()'),
    ),
    'SCPRM',
  );
});

t.test('what is refused', async (t) => {
  for (const [field, given] of [
    ['statuses', { statuses: ['lost'] }],
    ['statuses', { statuses: [null] }],
    ['payment_status', { payment_status: 'lost' }],
    ['channel', { channel: 'pigeon' }],
    ['from', { from: 'infinity' }],
    ['to', { from: '2026-03-02', to: '2026-03-01' }],
    ['to', { to: '-infinity' }],
    ['term', { term: 'ab' }],
    ['term', { term: 'x'.repeat(101) }],
  ] as [string, Filters][]) {
    await refused(t, found(given), 'SCVAL', { field });
  }
});

t.test('numbers sort as numbers, behind the prefix of the shop', async (t) => {
  await db.installer.query(
    `update internal.tenant_counter set next_value = 999999 where tenant_id = $1 and name = 'orders'`,
    [shop.tenantId],
  );
  await place(ada.customerId, 'api', product, 1);
  await asMember(db, shop.owner, async (client) => {
    const prefix = (value: unknown, series: unknown = 'orders') =>
      client.query(`select api.set_number_prefix($1, $2) as next`, [series, value]);
    t.equal((await prefix('LAG/')).rows[0]?.next, 'LAG/1000000');
    await client.query('savepoint before');
    for (const value of [null, 'A1', 'x'.repeat(21), 'ä', ' ']) {
      await refused(t, prefix(value), 'SCVAL', { field: 'prefix' });
      await client.query('rollback to before');
    }
    await refused(t, prefix('A', 'payments'), 'SCVAL', { field: 'series' });
    await client.query('rollback to before');
  });
  await place(ada.customerId, 'api', product, 2);
  await asMember(db, shop.owner, async (client) => {
    t.equal(
      (await client.query(`select api.set_number_prefix('orders', '') as next`)).rows[0]?.next,
      '1000001',
    );
  });
  await place(ada.customerId, 'api', product, 3);
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query<{ order_number: string }>(
      'select order_number from api.orders where order_serial is not null order by order_serial',
    ),
  );
  t.strictSame(
    rows.map(({ order_number }) => order_number),
    ['ORD-000001', 'ORD-000002', 'ORD-000003', 'ORD-000004', 'ORD-999999', 'LAG/1000000', '1000001'],
  );
  await refused(
    t,
    asBuyer(db, ada, (client) => client.query(`select api.set_number_prefix('orders', 'X')`)),
    '42501',
  );
});

t.test('customers by a part of the name or of the number', async (t) => {
  await db.installer.query(
    `insert into commerce.customer (tenant_id, display_name, phone_number) values
       ($1, 'Chidi Okafor', '+2348099887766'), ($1, 'Chika Okoye', null), ($2, 'Chidi elsewhere', '+2348099887766')`,
    [shop.tenantId, other.tenantId],
  );
  const search = (term: unknown) =>
    asMember(db, shop.owner, (client) =>
      client.query<{ name: string }>(
        `select c.display_name as name from api.search_customers($1) m join api.customer c on c.id = m.customer_id order by 1`,
        [term],
      ),
    );
  const names = async (term: string) => (await search(term)).rows.map(({ name }) => name);
  t.strictSame(await names('chi'), ['Chidi Okafor', 'Chika Okoye']);
  t.strictSame(await names('OKAF'), ['Chidi Okafor']);
  t.strictSame(await names('0809-988'), ['Chidi Okafor']);
  t.strictSame(await names('+234 (0)809 988'), ['Chidi Okafor']);
  t.strictSame(await names('%_%'), []);
  for (const term of [null, 'ab', ' a ', 'x'.repeat(101)]) {
    await refused(t, search(term), 'SCVAL', { field: 'term' });
  }
});
