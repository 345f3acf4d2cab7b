import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import {
  getProduct,
  InvalidInputError,
  listCustomerMessages,
  listInventoryMovements,
  listProducts,
  type TenantTransaction,
} from '../../src/index.ts';
import { demoTenant, only, openPackage } from './package.ts';

/** An export of so many rows: a million when time is no matter. */
const rowCount = process.env.LONG ? 1_000_000 : 100_000;

const { db, scene } = await openPackage(t, { maxConnections: 2 });
const ours = await demoTenant(scene, 1);

t.test(`${rowCount} rows in flat memory`, { timeout: 0 }, async (t) => {
  const { id: productId } = await db.withTenant(ours.owner, async (tx) =>
    only(await tx.run(listProducts, { first: 1 })),
  );
  await scene.installer.query(
    `insert into commerce.inventory_movement (tenant_id, product_id, delta, balance_after, reason)
     select $1, $2, n, n, 'correction' from generate_series(1, $3::int) as n`,
    [ours.tenantId, productId, rowCount],
  );
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  const heap = (): number => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const before = heap();
  let count = 0;
  let highest = 0;
  await db.withTenant(ours.owner, async (tx) => {
    for await (const movement of tx.stream(listInventoryMovements, { productId })) {
      count += 1;
      if (count === 1) t.match(movement, { id: String, delta: Number, createdAt: Date });
      if (count % 20_000 === 0) highest = Math.max(highest, heap());
    }
  });
  t.ok(count >= rowCount, `${count} rows`);
  // A batch takes about one megabyte, all rows a hundred and more.
  t.ok(highest - before < 16, `${Math.round(highest - before)} MB above the beginning`);
});

t.test('leaving early ends it, and the transaction goes on', async (t) => {
  await db.withTenant(ours.owner, async (tx) => {
    for await (const _ of tx.stream(listProducts, {}, { batchSize: 10 })) break;
    t.same(await tx.sql('select from pg_cursors where name like $1', ['stream%']), []);
    const ids: string[] = [];
    for await (const { id } of tx.stream(listProducts, { isActive: true }, { batchSize: 7 })) {
      ids.push(id);
      if (ids.length === 20) break;
    }
    t.equal(new Set(ids).size, 20);
    t.ok(await tx.run(getProduct, { productId: ids[0] ?? '' }));
  });
});

t.test('two at once, with a page’s cursor to begin behind, and one that fails', async (t) => {
  await db.withTenant(ours.owner, async (tx) => {
    const [first, second] = [
      tx.stream(listProducts, {}, { batchSize: 2 }),
      tx.stream(listProducts, {}, { batchSize: 3 }),
    ].map((stream) => stream[Symbol.asyncIterator]());
    const take = async (iterator: AsyncIterator<{ id: string; cursor: string }> | undefined) =>
      (await iterator?.next())?.value;
    const [a, b] = [await take(first), await take(second)];
    t.equal(a?.id, b?.id);
    const behind = tx.stream(listProducts, { after: a?.cursor }, { batchSize: 5 })[Symbol.asyncIterator]();
    t.equal((await take(behind))?.id, (await take(first))?.id);
    for (const iterator of [first, second, behind]) await iterator?.return?.();
  });
  const failing = (work: (tx: TenantTransaction) => AsyncIterable<unknown>) =>
    db.withTenant(ours.owner, async (tx) => {
      for await (const _ of work(tx)) break;
    });
  await t.rejects(
    failing((tx) => tx.stream(listProducts, { after: 'made up' })),
    InvalidInputError,
  );
  await t.rejects(
    failing((tx) => tx.stream(listCustomerMessages, { customerId: 'no id' })),
    InvalidInputError,
  );
  await t.rejects(
    failing((tx) => tx.stream(listProducts, {}, { batchSize: 0 })),
    TypeError,
  );
});

t.test('the rows are those of one moment', async (t) => {
  const seen = await db.withTenant(ours.owner, async (tx) => {
    const names: string[] = [];
    for await (const { name } of tx.stream(listProducts, {}, { batchSize: 1 })) {
      if (names.length === 0) {
        await scene.installer.query(
          `insert into commerce.products (tenant_id, seller_id, name, currency_code, price, created_at)
           values ($1, $2, 'Later', 'NGN', 1, now() - interval '100 years')`,
          [ours.tenantId, ours.sellerId],
        );
      }
      names.push(name);
      if (names.length > 50) break;
    }
    return names;
  });
  t.notOk(seen.includes('Later'));
  t.ok(only([seen.length]) > 0);
});
