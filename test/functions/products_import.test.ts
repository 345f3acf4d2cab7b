import t from 'tap';
import { createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asBuyer, asMember, asWorker } from '../support/session.ts';
import {
  addProduct,
  addSeller,
  addShopper,
  asRead,
  ledgerAgrees,
  one,
  openShop,
  refused,
  type Shop,
  stockOf,
} from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);
const other = await openShop(db);

type Report = {
  row_number: number;
  sku: string | null;
  product_id: string | null;
  outcome: 'created' | 'updated' | 'unchanged' | 'failed';
  code: string | null;
  field: string | null;
  message: string | null;
};

async function run(
  rows: unknown,
  {
    as = shop,
    subject = as.owner.subject,
    sellerId = null,
  }: { as?: Shop; subject?: string | undefined; sellerId?: string | null } = {},
): Promise<Report[]> {
  return asMember(db, { tenantId: as.tenantId, subject } as Shop['owner'], async (client) => {
    const { rows: reports } = await client.query<Report>('select * from api.import_products($1, $2)', [
      rows === null ? null : JSON.stringify(rows),
      sellerId,
    ]);
    return reports;
  });
}

const productOf = (sku: string, { tenantId }: Shop = shop) =>
  one(db.installer, 'select * from commerce.products where tenant_id = $1 and sku = $2 and not is_deleted', [
    tenantId,
    sku,
  ]);

async function hire(subject: string, role: string): Promise<void> {
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, $2) returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, $3 from person`,
    [shop.tenantId, subject, role],
  );
}

t.test('new products, changed ones and those that are as they were', async (t) => {
  const full = {
    sku: 'DRESS-1',
    name: 'Ankara dress',
    price: '12000.50',
    compare_at_price: 15000,
    currency_code: 'NGN',
    tax_rate: 0.075,
    description: 'Long',
    short_description: 'Short',
    product_type: 'physical',
    is_active: false,
    track_inventory: true,
    allow_backorder: false,
    low_stock_threshold: 3,
    inventory_count: 10,
    visible_channels: ['whatsapp', 'storefront'],
    metadata: { colour: 'blue' },
  };
  const first = await run([full, { sku: 'CAP-1', name: 'Cap', price: 500 }]);
  t.match(first, [
    { row_number: 1, sku: 'DRESS-1', outcome: 'created', code: null, field: null, message: null },
    { row_number: 2, sku: 'CAP-1', outcome: 'created' },
  ]);
  const { inventory_count: _, ...columns } = full;
  t.match(await productOf('DRESS-1'), {
    ...columns,
    id: first[0]?.product_id,
    seller_id: shop.sellerId,
    price: '12000.50',
    compare_at_price: '15000.00',
    tax_rate: '0.0750',
    inventory_count: 10,
  });
  t.match(await productOf('CAP-1'), {
    currency_code: 'NGN',
    description: '',
    is_active: true,
    product_type: 'physical',
    visible_channels: null,
    metadata: {},
    inventory_count: 0,
  });

  const { version } = await productOf('DRESS-1');
  const second = await run([
    full,
    { sku: 'CAP-1', name: 'Cap', price: '500.00', inventory_count: 4 },
    { sku: 'DRESS-2', name: 'Dress', price: 1 },
  ]);
  t.strictSame(
    second.map(({ outcome }) => outcome),
    ['unchanged', 'updated', 'created'],
  );
  t.equal((await productOf('DRESS-1')).version, version, 'nothing was written');
  t.match(await run([{ sku: 'DRESS-1', price: 11000, compare_at_price: null, inventory_count: 7 }]), [
    { outcome: 'updated', product_id: first[0]?.product_id },
  ]);
  t.match(await productOf('DRESS-1'), {
    price: '11000.00',
    compare_at_price: null,
    name: 'Ankara dress',
    inventory_count: 7,
    version: version + 1,
  });
  const { rows } = await db.installer.query(
    `select delta, balance_after, reason from commerce.inventory_movement where product_id = $1 order by id`,
    [first[0]?.product_id],
  );
  t.strictSame(rows, [
    { delta: 10, balance_after: 10, reason: 'import' },
    { delta: -3, balance_after: 7, reason: 'import' },
  ]);
  await ledgerAgrees(t, db, shop);
});

t.test('a bad row says which field, and does not spoil the others', async (t) => {
  const good = { name: 'Good', price: 1 };
  const bad: [row: unknown, field: string | null, code?: string][] = [
    [7, 'sku'],
    ['text', 'sku'],
    [null, 'sku'],
    [[], 'sku'],
    [{ ...good }, 'sku'],
    [{ ...good, sku: '' }, 'sku'],
    [{ ...good, sku: null }, 'sku'],
    [{ ...good, sku: 5 }, 'sku'],
    [{ ...good, sku: 'x'.repeat(256) }, 'sku'],
    [{ sku: 'B', price: 1 }, 'name'],
    [{ ...good, sku: 'B', name: ' ' }, 'name'],
    [{ ...good, sku: 'B', name: null }, 'name'],
    [{ ...good, sku: 'B', name: 'x'.repeat(201) }, 'name'],
    [{ sku: 'B', name: 'No price' }, 'price', 'SCAMT'],
    [{ ...good, sku: 'B', price: -1 }, 'price'],
    [{ ...good, sku: 'B', price: 'NaN' }, 'price'],
    [{ ...good, sku: 'B', price: '1e3' }, 'price'],
    [{ ...good, sku: 'B', price: 1e30 }, 'price'],
    [{ ...good, sku: 'B', price: true }, 'price'],
    [{ ...good, sku: 'B', price: null }, 'price'],
    [{ ...good, sku: 'B', price: 1.005 }, 'price', 'SCAMT'],
    [{ ...good, sku: 'B', price: '1.00001' }, 'price', 'SCAMT'],
    [{ ...good, sku: 'B', price: 1.5, currency_code: 'JPY' }, 'price', 'SCAMT'],
    [{ ...good, sku: 'B', compare_at_price: 1 }, 'compare_at_price'],
    [{ ...good, sku: 'B', compare_at_price: 1.111 }, 'compare_at_price', 'SCAMT'],
    // XXX is ISO 4217's code for no currency.
    [{ ...good, sku: 'B', currency_code: 'XXX' }, 'currency_code'],
    [{ ...good, sku: 'B', currency_code: 'EURO' }, 'currency_code'],
    [{ ...good, sku: 'B', tax_rate: 1 }, 'tax_rate'],
    [{ ...good, sku: 'B', tax_rate: -0.1 }, 'tax_rate'],
    [{ ...good, sku: 'B', tax_rate: 0.00001 }, 'tax_rate'],
    [{ ...good, sku: 'B', description: null }, 'description'],
    [{ ...good, sku: 'B', description: 'x'.repeat(65_537) }, 'description'],
    [{ ...good, sku: 'B', short_description: 'x'.repeat(65_537) }, 'short_description'],
    [{ ...good, sku: 'B', product_type: 'magic' }, 'product_type'],
    [{ ...good, sku: 'B', is_active: 'yes' }, 'is_active'],
    [{ ...good, sku: 'B', low_stock_threshold: -1 }, 'low_stock_threshold'],
    [{ ...good, sku: 'B', low_stock_threshold: 1.5 }, 'low_stock_threshold'],
    [{ ...good, sku: 'B', inventory_count: -1 }, 'inventory_count'],
    [{ ...good, sku: 'B', inventory_count: 1_000_001 }, 'inventory_count'],
    [{ ...good, sku: 'B', inventory_count: 1e12 }, 'inventory_count'],
    [{ ...good, sku: 'B', inventory_count: null }, 'inventory_count'],
    [{ ...good, sku: 'B', visible_channels: ['pigeon'] }, 'visible_channels'],
    [{ ...good, sku: 'B', visible_channels: [null] }, 'visible_channels'],
    [{ ...good, sku: 'B', visible_channels: [['whatsapp'], 'sms'] }, 'visible_channels'],
    [{ ...good, sku: 'B', visible_channels: Array(101).fill('sms') }, 'visible_channels'],
    [{ ...good, sku: 'B', visible_channels: 'sms' }, 'visible_channels'],
    [{ ...good, sku: 'B', metadata: [] }, 'metadata'],
    [{ ...good, sku: 'B', metadata: { x: 'x'.repeat(65_536) } }, 'metadata'],
    [{ ...good, sku: 'B', quantity: 5 }, 'quantity'],
    [{ ...good, sku: 'B', id: '00000000-0000-7000-8000-000000000000' }, 'id'],
    [{ ...good, sku: 'B', tenant_id: other.tenantId }, 'tenant_id'],
    [{ ...good, sku: 'B', seller_id: other.sellerId }, 'seller_id'],
    [{ ...good, sku: 'B', is_deleted: false }, 'is_deleted'],
    [{ ...good, sku: 'B', ['y'.repeat(100)]: 1 }, 'y'.repeat(63)],
    [{ ...good, sku: 'GOOD-0' }, 'sku', 'SCDUP'],
  ];
  const rows = bad.flatMap(([row], i) => [{ ...good, sku: `GOOD-${i}` }, row]);
  const reports = await run(rows);
  t.equal(reports.length, rows.length);
  for (const [i, [row, field, code = 'SCVAL']] of bad.entries()) {
    t.match(reports[2 * i], { row_number: 2 * i + 1, outcome: 'created', sku: `GOOD-${i}` });
    const { row_number, outcome, product_id, ...failure } = reports[2 * i + 1] as Report;
    t.match(
      { row_number, outcome, product_id, ...failure },
      { row_number: 2 * i + 2, outcome: 'failed', product_id: null, code, field, message: /./ },
      JSON.stringify(row).slice(0, 80),
    );
  }
  const { n } = await one<{ n: number }>(
    db.installer,
    `select count(*)::integer as n from commerce.products where tenant_id = $1 and sku ~ '^(GOOD|B$)'`,
    [shop.tenantId],
  );
  t.equal(n, bad.length);
  await ledgerAgrees(t, db, shop);
});

t.test('what the import as a whole must be', async (t) => {
  for (const rows of [null, {}, [], 'text', Array(1001).fill({ sku: 'A' })]) {
    await refused(t, run(rows), 'SCVAL', { field: 'products' });
  }
  const thousand = await run(
    Array.from({ length: 1000 }, (_, i) => ({ sku: `K-${i}`, name: 'K', price: 1, inventory_count: i })),
  );
  t.ok(thousand.every(({ outcome }) => outcome === 'created'));
  await ledgerAgrees(t, db, shop);
});

t.test('which sellers and staff may import', async (t) => {
  await hire('viewer', 'viewer');
  await hire('manager', 'manager');
  const row = { sku: 'WHO-1', name: 'Who', price: 1 };
  await refused(t, run([row], { subject: 'viewer', sellerId: shop.sellerId }), 'SCPRM', {
    permission: 'products.manage',
  });
  await refused(t, run([row], { subject: 'viewer' }), 'SCPRM', { permission: 'products.manage' });
  await refused(t, run([row], { subject: 'manager' }), 'SCNTF', { field: 'seller_id' });
  await refused(t, run([row], { sellerId: other.sellerId }), 'SCNTF', { field: 'seller_id' });
  t.match(await run([row], { subject: 'manager', sellerId: shop.sellerId }), [{ outcome: 'created' }]);

  const second = await addSeller(db, shop);
  await db.installer.query(
    `update commerce.users set auth_subject = 'second', version = version
      where id = (select user_id from commerce.seller_profile where id = $1)`,
    [second],
  );
  t.match(
    await run(
      [
        { ...row },
        { sku: 'OWN-1', name: 'Own', price: 1 },
        { sku: 'OWN-2', name: 'Own', price: 1, inventory_count: 5 },
      ],
      {
        subject: 'second',
      },
    ),
    [
      { outcome: 'failed', code: 'SCDUP', field: 'sku' },
      { outcome: 'created' },
      { outcome: 'failed', code: 'SCPRM', product_id: null },
    ],
    'a seller has the own products, and not the stock',
  );
  t.equal((await productOf('OWN-1')).seller_id, second);
  await refused(t, run([row], { subject: 'second', sellerId: shop.sellerId }), 'SCPRM');
  t.match(
    await run([{ sku: 'OWN-1', price: 2 }]),
    [{ outcome: 'failed', code: 'SCDUP' }],
    'an import is for one seller',
  );
  t.match(await run([{ sku: 'OWN-1', price: 2 }], { sellerId: second }), [{ outcome: 'updated' }]);

  t.match(await run([row], { as: other }), [{ outcome: 'created' }], 'another shop has skus of its own');
  t.not((await productOf('WHO-1', other)).id, (await productOf('WHO-1')).id);
  const shopper = await addShopper(db, shop, 'shopper');
  const call = 'select api.import_products($1)';
  await refused(
    t,
    asBuyer(db, shopper, (client) => client.query(call, ['[]'])),
    '42501',
  );
  await refused(
    t,
    asWorker(db, (client) => client.query(call, ['[]'])),
    'SCTEN',
  );
});

t.test('a deleted product does not come back, its sku does', async (t) => {
  const [made] = await run([{ sku: 'GONE', name: 'Gone', price: 1 }]);
  await asMember(db, shop.owner, (client) => client.query(`delete from api.products where sku = 'GONE'`));
  const [again] = await run([{ sku: 'GONE', name: 'Here', price: 1 }]);
  t.match(again, { outcome: 'created' });
  t.not(again?.product_id, made?.product_id);
});

t.test('back-orders end when the stock is there', async (t) => {
  const id = await addProduct(db, shop, { sku: 'BACK', allow_backorder: true });
  await asMember(db, shop.owner, (client) =>
    client.query(`select api.adjust_inventory($1, -5, 'correction', null, 'back')`, [id]),
  );
  t.match(await run([{ sku: 'BACK', allow_backorder: false }]), [
    { outcome: 'failed', code: 'SCVAL', field: 'allow_backorder' },
  ]);
  t.match(await run([{ sku: 'BACK', allow_backorder: false, inventory_count: 2 }]), [{ outcome: 'updated' }]);
  t.match(await productOf('BACK'), { allow_backorder: false, inventory_count: 2 });
  await ledgerAgrees(t, db, shop);
});

t.test('the plan limits the products', async (t) => {
  const small = await openShop(db, { tier: 'free' });
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => ({ sku: `P-${from + i}`, name: 'P', price: 1 }));
  const outcomes = (
    await Promise.all([run(rows(0, 30), { as: small }), run(rows(30, 60), { as: small })])
  ).flat();
  t.equal(
    outcomes.filter(({ outcome }) => outcome === 'created').length,
    50,
    'two imports at once count together',
  );
  t.equal(outcomes.filter(({ code }) => code === 'SCLIM').length, 10);
  const [first] = outcomes.filter(({ outcome }) => outcome === 'created');
  t.match(await run([{ sku: first?.sku, price: 2 }], { as: small }), [{ outcome: 'updated' }]);
});

t.test('imports of the same products at once, in any order, while they are sold', async (t) => {
  const skus = Array.from({ length: 12 }, (_, i) => `RACE-${i}`);
  const rows = skus.map((sku, i) => ({ sku, name: 'Race', price: 1 + i, inventory_count: 50 }));
  const shopper = await addShopper(db, shop, 'racer');
  const [first] = await run([rows[0], rows[1]]);
  const ids = [first?.product_id, (await productOf('RACE-1')).id];
  const outcomes = await Promise.all([
    run(rows),
    run([...rows].reverse()),
    run(rows),
    ...Array.from({ length: 6 }, (_, n) =>
      asBuyer(db, shopper, (client) =>
        client.query(
          `select api.place_order($1, p_lines => $2, p_expected_totals => ${asRead('$2')}, p_channel => 'storefront')`,
          [
            `race ${n}`,
            JSON.stringify(
              (n % 2 === 0 ? ids : [...ids].reverse()).map((product_id) => ({ product_id, quantity: 1 })),
            ),
          ],
        ),
      ),
    ),
  ]);
  t.equal(outcomes.length, 9, 'none fails, none waits in a circle');
  const { n } = await one<{ n: number }>(
    db.installer,
    `select count(*)::integer as n from commerce.products where tenant_id = $1 and sku like 'RACE%'`,
    [shop.tenantId],
  );
  t.equal(n, skus.length);
  t.ok((await stockOf(db, ids[0] ?? '')) <= 50);
  await ledgerAgrees(t, db, shop);
});

t.test('a product made by hand in the same moment is reported', async (t) => {
  let importing: Promise<Report[]> | undefined;
  await asMember(db, shop.owner, async (client) => {
    await client.query(
      `insert into api.products (seller_id, sku, name, price, currency_code) values ($1, 'HAND', 'Hand', 1, 'NGN')`,
      [shop.sellerId],
    );
    importing = run([
      { sku: 'HAND', name: 'Import', price: 2 },
      { sku: 'HAND-2', name: 'Import', price: 2 },
    ]);
    importing.catch(() => undefined);
    // It is committed only when the import waits for it.
    t.ok(await eventually(() => isBlocked(db)));
  });
  t.match(await importing, [
    { outcome: 'failed', code: 'SCDUP', field: 'sku', product_id: null },
    { outcome: 'created' },
  ]);
  t.match(await productOf('HAND'), { name: 'Hand', price: '1.00' });
});
