import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember } from '../support/session.ts';
import { addProduct, addShopper, asRead, ledgerAgrees, one, openShop, type Row, refused } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const shopper = await addShopper(db, shop, 'Ada');
let key = 0;

const place = (product: string, quantity: number, seen: Record<string, unknown> = {}): Promise<Row> =>
  asBuyer(db, shopper, (client) =>
    one(
      client,
      `select * from api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
      [`order ${key++}`, JSON.stringify([{ product_id: product, quantity, ...seen }])],
    ),
  );
const count = (product: unknown, onHand: unknown, name = `count ${key++}`) =>
  asMember(db, shop.owner, (client) =>
    client.query(`select * from api.count_inventory($1, $2, null, $3)`, [product, onHand, name]),
  );
const stock = (product: string) =>
  one(
    db.installer,
    `select inventory_count as sellable, reserved_count as reserved, on_hand_count as on_hand
       from commerce.products where id = $1`,
    [product],
  );
const step = (order: Row, call: string): Promise<Row> =>
  asMember(db, shop.owner, (client) => one(client, `select * from api.${call}`, [order.id, order.version]));

t.test('a count says what is on the shelf, and not what can be sold', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const order = await place(product, 4);
  t.match(await stock(product), { sellable: 6, reserved: 4, on_hand: 10 });
  const { rows } = await count(product, 10, 'ten');
  t.match(rows, [{ inventory_count: 6, reserved_count: 4, on_hand_count: 10 }], 'ten are there');
  await refused(t, place(product, 10), 'SCSTK', { lines: [{ product_id: product, requested: 10 }] });
  await count(product, 9);
  t.match(await stock(product), { sellable: 5, reserved: 4, on_hand: 9 }, 'one was lost');
  await count(product, 10, 'ten');
  t.match(await stock(product), { on_hand: 9 }, 'a repeat of the first count changes nothing');

  let sent = await step(order, 'confirm_order($1, $2)');
  sent = await step(sent, 'start_processing($1, $2)');
  sent = await step(sent, `ship_order($1, 'DHL', 'T1', $2)`);
  t.match(await stock(product), { sellable: 5, reserved: 0, on_hand: 5 }, 'what was shipped left the shelf');
  await step(sent, 'deliver_order($1, $2)');
  t.match(await stock(product), { sellable: 5, reserved: 0, on_hand: 5 });
  await ledgerAgrees(t, db, shop);
});

t.test('what is cancelled before it left is for sale again', async (t) => {
  const product = await addProduct(db, shop, { stock: 3 });
  await step(await place(product, 2), `cancel_order($1, 'mind', $2)`);
  t.match(await stock(product), { sellable: 3, reserved: 0, on_hand: 3 });
  await ledgerAgrees(t, db, shop);
});

t.test('an import counts the shelf as well', async (t) => {
  const product = await addProduct(db, shop, { stock: 10, sku: 'SHELF' });
  await place(product, 4);
  await asMember(db, shop.owner, (client) =>
    client.query('select * from api.import_products($1)', [
      JSON.stringify([
        { sku: 'SHELF', name: 'Ankara dress', price: '1000', currency_code: 'NGN', inventory_count: 10 },
      ]),
    ]),
  );
  t.match(await stock(product), { sellable: 6, reserved: 4, on_hand: 10 });
});

t.test('what is not tracked is not reserved, whatever its settings become', async (t) => {
  const product = await addProduct(db, shop, { track_inventory: false });
  const order = await place(product, 4);
  await db.installer.query(
    'update commerce.products set track_inventory = true, version = version where id = $1',
    [product],
  );
  await step(order, `cancel_order($1, 'mind', $2)`);
  t.match(await stock(product), { sellable: 0, reserved: 0, on_hand: 0 });
  await ledgerAgrees(t, db, shop);
});

t.test('which counts are refused', async (t) => {
  const product = await addProduct(db, shop, { stock: 5 });
  await place(product, 4);
  await refused(t, count(product, 3), 'SCSTK', {
    lines: [{ product_id: product, requested: 4, available: 3 }],
  });
  for (const value of [null, -1, 1_000_001])
    await refused(t, count(product, value), 'SCVAL', { field: 'on_hand' });
  await refused(t, count(null, 1), 'SCNTF', { field: 'product_id' });
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(`select api.count_inventory($1, 1, null, 'x')`, [product])),
    '42501',
  );
});

t.test('lines that are ordered at once say what the buyer was shown', async (t) => {
  const product = await addProduct(db, shop, { price: '250.50', tax_rate: '0.1', stock: 9 });
  t.match(await place(product, 1, { unit_price: '250.5', tax_rate: 0.1 }), { total_amount: '275.55' });
  await refused(t, place(product, 1, { unit_price: '250.49' }), 'SCPRC', {
    lines: [{ product_id: product, seen_unit_price: '250.49', unit_price: '250.50' }],
  });
  await refused(t, place(product, 1, { tax_rate: '0' }), 'SCPRC', { lines: [{ seen_tax_rate: '0' }] });
  await refused(t, place(product, 1, { unit_price: 'cheap' }), 'SCVAL', { field: 'lines[0].unit_price' });
  t.match(await stock(product), { sellable: 8, reserved: 1 }, 'nothing was taken by what was refused');
});
