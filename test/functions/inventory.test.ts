import t from 'tap';
import { createTestDatabase } from '../support/database.ts';
import { asBuyer, asMember } from '../support/session.ts';
import { addProduct, addShopper, ledgerAgrees, one, openShop, refused, stockOf } from './shop.ts';

const db = await createTestDatabase(t, { template: 'empty' });
const shop = await openShop(db);

const adjust = 'select * from api.adjust_inventory($1, $2, $3, $4, $5)';
const asOwner = (sql: string, values: unknown[]) =>
  asMember(db, shop.owner, (client) => one(client, sql, values));

t.test('every change of stock has its ledger row', async (t) => {
  const product = await addProduct(db, shop);
  t.match(await asOwner(adjust, [product, 12, 'initial', null, 'a']), {
    product_id: product,
    delta: 12,
    balance_after: 12,
    reason: 'initial',
    created_by: String,
  });
  t.match(await asOwner(adjust, [product, -5, 'damage', 'Water', 'b']), {
    delta: -5,
    balance_after: 7,
    reason: 'damage',
    note: 'Water',
  });
  t.equal(await stockOf(db, product), 7);
  await ledgerAgrees(t, db, shop);
});

t.test('a stock that nobody moved through the functions is reported', async (t) => {
  const product = await addProduct(db, shop, { stock: 4 });
  await db.installer.query('update commerce.products set inventory_count = 9 where id = $1', [product]);
  const { rows } = await asMember(db, shop.owner, (client) =>
    client.query('select * from api.check_inventory()'),
  );
  t.strictSame(rows, [
    { product_id: product, inventory_count: 9, ledger_sum: '4', reserved_count: 0, unshipped_sum: '0' },
  ]);
  await db.installer.query('update commerce.products set inventory_count = 4 where id = $1', [product]);
});

t.test('20 deliveries of one adjustment at once count once', async (t) => {
  const product = await addProduct(db, shop);
  const rows = await Promise.all(
    Array.from({ length: 20 }, () => asOwner(adjust, [product, 3, 'restock', null, 'truck'])),
  );
  t.equal(new Set(rows.map(({ id }) => id)).size, 1);
  t.equal(await stockOf(db, product), 3);
  await refused(t, asOwner(adjust, [product, 4, 'restock', null, 'truck']), 'SCIDM');
});

t.test('20 adjustments at once are all counted', async (t) => {
  const product = await addProduct(db, shop, { stock: 10 });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) =>
      asOwner(adjust, [product, -1, 'damage', null, `unit ${product} ${i}`]),
    ),
  );
  t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 10, 'down to zero and no further');
  t.equal(await stockOf(db, product), 0);
  await ledgerAgrees(t, db, shop);
});

t.test('what is refused', async (t) => {
  const product = await addProduct(db, shop, { stock: 2 });
  let calls = 0;
  const key = () => {
    calls += 1;
    return `refused ${calls}`;
  };
  for (const delta of [null, 0, 1_000_001, -1_000_001, -2_147_483_648]) {
    await refused(t, asOwner(adjust, [product, delta, 'restock', null, key()]), 'SCVAL', { field: 'delta' });
  }
  for (const reason of [null, 'theft', 'sale', 'return_restock']) {
    await refused(t, asOwner(adjust, [product, 1, reason, null, key()]), 'SCVAL', { field: 'reason' });
  }
  await refused(t, asOwner(adjust, [product, 1, 'restock', 'x'.repeat(65_537), key()]), 'SCVAL', {
    field: 'note',
  });
  for (const bad of [null, '', 'x'.repeat(256)]) {
    await refused(t, asOwner(adjust, [product, 1, 'restock', null, bad]), 'SCVAL', {
      field: 'idempotency_key',
    });
  }
  await refused(t, asOwner(adjust, [product, -3, 'damage', null, key()]), 'SCSTK', {
    lines: [{ product_id: product, requested: 3, available: 2 }],
  });
  const foreign = await openShop(db);
  for (const id of [null, '01900000-0000-7000-8000-000000000000', await addProduct(db, foreign)]) {
    await refused(t, asOwner(adjust, [id, 1, 'restock', null, key()]), 'SCNTF', { field: 'product_id' });
  }
  t.equal(await stockOf(db, product), 2);

  const backorder = await addProduct(db, shop, { allow_backorder: true });
  t.match(await asOwner(adjust, [backorder, -3, 'correction', null, key()]), { balance_after: -3 });

  const shopper = await addShopper(db, shop, 'shopper');
  for (const sql of [
    `select api.adjust_inventory($1, 1, 'restock', null, 'k')`,
    'select $1::uuid, api.check_inventory()',
  ]) {
    await refused(
      t,
      asBuyer(db, shopper, (client) => client.query(sql, [product])),
      '42501',
    );
  }
  await db.installer.query(
    `with person as (insert into commerce.users (tenant_id, auth_subject) values ($1, 'viewer') returning id)
     insert into commerce.team_members (tenant_id, user_id, role) select $1, id, 'viewer' from person`,
    [shop.tenantId],
  );
  for (const sql of [
    `select api.adjust_inventory($1, 1, 'restock', null, 'k')`,
    'select $1::uuid, api.check_inventory()',
  ]) {
    await refused(
      t,
      asMember(db, { tenantId: shop.tenantId, subject: 'viewer' }, (client) => client.query(sql, [product])),
      'SCPRM',
      { permission: 'inventory.manage' },
    );
  }
});
