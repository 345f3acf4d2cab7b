import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember } from '../support/session.ts';
import {
  addProduct,
  addShopper,
  asRead,
  ledgerAgrees,
  one,
  openShop,
  type Row,
  refused,
  stockOf,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const shopper = await addShopper(db, shop, 'shopper');

const cancel = 'select * from api.cancel_order($1, $2, $3)';
const confirm = 'select * from api.confirm_order($1, $2)';

let orders = 0;
async function place(...products: [string, number][]): Promise<Row> {
  orders += 1;
  const key = `order ${orders}`;
  const lines = products.map(([product_id, quantity]) => ({ product_id, quantity }));
  return asBuyer(db, shopper, (client) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
      [key, JSON.stringify(lines)],
    ),
  );
}

t.test('a cancelled order gives its stock back, once', async (t) => {
  const [tracked, service] = [
    await addProduct(db, shop, { stock: 10 }),
    await addProduct(db, shop, { track_inventory: false }),
  ];
  const order = await place([tracked, 4], [service, 2], [tracked, 1]);
  t.equal(await stockOf(db, tracked), 5);
  const confirmed = await asMember(db, shop.owner, (client) =>
    one(client, confirm, [order.id, order.version]),
  );
  t.match(confirmed, { status: 'confirmed', confirmed_at: Date, version: order.version + 1 });

  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () =>
      asMember(db, shop.owner, (client) =>
        one(client, cancel, [order.id, 'Out of fabric', confirmed.version]),
      ),
    ),
  );
  const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  t.equal(done.length, 1, 'of eight at once');
  t.match(done[0], { status: 'cancelled', cancelled_at: Date, cancellation_reason: 'Out of fabric' });
  t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason.code === 'SCVER'));
  t.equal(await stockOf(db, tracked), 10);
  t.equal(await stockOf(db, service), 0);
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query(
      `select reason, sum(delta)::integer as sum, count(*)::integer as rows
         from api.inventory_movement where product_id = $1 group by reason order by reason`,
      [tracked],
    ),
  );
  t.strictSame(rows, [
    { reason: 'initial', sum: 10, rows: 1 },
    { reason: 'sale', sum: 0, rows: 4 },
  ]);
  await ledgerAgrees(t, db, shop);
  t.match(
    await asMember(db, shop.owner, (client) =>
      one(client, `select * from api.order_status_history where order_id = $1 and to_value = 'cancelled'`, [
        order.id,
      ]),
    ),
    { from_value: 'confirmed', reason: 'Out of fabric', changed_by: String },
  );
});

t.test('what was taken goes back even if the product no longer counts', async (t) => {
  const product = await addProduct(db, shop, { stock: 3 });
  const order = await place([product, 3]);
  await asMember(db, shop.owner, (client) =>
    client.query(
      'update api.products set track_inventory = false, is_active = false, version = version where id = $1',
      [product],
    ),
  );
  await asBuyer(db, shopper, (client) => client.query(cancel, [order.id, 'Changed my mind', order.version]));
  t.equal(await stockOf(db, product), 3);
  await ledgerAgrees(t, db, shop);
});

t.test('a cancelled draft leaves the stock alone', async (t) => {
  const product = await addProduct(db, shop, { stock: 3 });
  const order = await asBuyer(db, shopper, async (client) => {
    const basket = await one(client, `select * from api.start_order($1, 'storefront')`, [shop.sellerId]);
    const { version } = await one(client, 'select * from api.set_order_line($1, $2, 2, $3)', [
      basket.id,
      product,
      basket.version,
    ]);
    return one(client, cancel, [basket.id, 'Changed my mind', version]);
  });
  t.match(order, { status: 'cancelled', order_number: null });
  t.equal(await stockOf(db, product), 3);
});

t.test('orders and cancellations of the same products at once', async (t) => {
  const products = [
    await addProduct(db, shop, { stock: 30 }),
    await addProduct(db, shop, { stock: 30 }),
    await addProduct(db, shop, { stock: 30 }),
  ] as const;
  const [a, b, c] = products;
  const baskets: [string, number][][] = [
    [
      [a, 1],
      [b, 1],
    ],
    [
      [b, 1],
      [a, 1],
    ],
    [
      [c, 1],
      [b, 1],
      [a, 1],
    ],
    [
      [b, 1],
      [c, 1],
    ],
  ];
  await Promise.all(
    Array.from({ length: 24 }, async (_, i) => {
      const order = await place(...(baskets[i % 4] ?? []));
      if (i % 2 === 0) {
        await asBuyer(db, shopper, (client) => client.query(cancel, [order.id, 'Too many', order.version]));
      }
    }),
  );
  t.strictSame(await Promise.all(products.map((product) => stockOf(db, product))), [24, 18, 24]);
  await ledgerAgrees(t, db, shop);
});

t.test('what is refused', async (t) => {
  const product = await addProduct(db, shop, { stock: 50 });
  const order = await place([product, 1]);
  const asOwner = (sql: string, values: unknown[]) =>
    asMember(db, shop.owner, (client) => client.query(sql, values));
  const asShopper = (sql: string, values: unknown[]) =>
    asBuyer(db, shopper, (client) => client.query(sql, values));

  for (const reason of [null, ' ', 'x'.repeat(65_537)]) {
    await refused(t, asOwner(cancel, [order.id, reason, order.version]), 'SCVAL', { field: 'reason' });
  }
  for (const sql of [cancel, confirm]) {
    const values = (id: string, version: number | null) =>
      sql === cancel ? [id, 'why', version] : [id, version];
    await refused(t, asOwner(sql, values(order.id, null)), 'SCVRQ');
    await refused(t, asOwner(sql, values(order.id, 9)), 'SCVER', { expected: 9, actual: order.version });
    await refused(t, asOwner(sql, values(product, 1)), 'SCNTF', { field: 'order_id' });
    const foreign = await openShop(db);
    await refused(
      t,
      asMember(db, foreign.owner, (client) => client.query(sql, values(order.id, order.version))),
      'SCNTF',
      { field: 'order_id' },
    );
  }
  await refused(t, asShopper(confirm, [order.id, order.version]), '42501');
  const nosy = await addShopper(db, shop, `nosy ${order.id}`);
  await refused(
    t,
    asBuyer(db, nosy, (client) => client.query(cancel, [order.id, 'why', order.version])),
    'SCNTF',
  );

  const { rows } = await asOwner(confirm, [order.id, order.version]);
  const { version } = rows[0];
  await refused(t, asShopper(cancel, [order.id, 'Too late', version]), 'SCPRM', {
    permission: 'orders.manage',
  });
  await refused(t, asOwner(confirm, [order.id, version]), 'SCTRN', {
    machine: 'orders.status',
    from: 'confirmed',
    to: 'confirmed',
  });
  const { rows: cancelled } = await asOwner(cancel, [order.id, 'why', version]);
  await refused(t, asOwner(cancel, [order.id, 'again', cancelled[0].version]), 'SCTRN', {
    from: 'cancelled',
    to: 'cancelled',
  });
  t.equal(await stockOf(db, product), 50);
});
