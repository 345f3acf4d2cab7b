import t from 'tap';
import {
  createProduct,
  createProducts,
  deleteProduct,
  listCustomerMessages,
  listCustomerOrders,
  listLowStock,
  listMessages,
  listOrders,
  listProducts,
  listTenantsWithWork,
  listThemes,
  listThreads,
  type Page,
  type PagedQuery,
  readPage,
  receiveMessage,
  searchProducts,
  type TenantTransaction,
} from '../../src/index.ts';
import { demoTenant, only, openPackage } from '../database/package.ts';

const { db, scene } = await openPackage(t);
const { tenantId, sellerId, owner } = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);

const asOwner = <T>(work: (tx: TenantTransaction) => Promise<T>): Promise<T> => db.withTenant(owner, work);

type ListParams = { first: number; after?: string | null | undefined };

/** Every row of a list, page by page. */
async function walk<P extends ListParams, R extends { cursor: string }>(
  tx: TenantTransaction,
  query: PagedQuery<P, R>,
  params: Omit<P, 'tenantId' | 'first' | 'after'>,
  first: number,
): Promise<R[]> {
  const all: R[] = [];
  let after: string | null = null;
  do {
    const page: Page<R> = await readPage(tx, query, { ...params, first, after } as unknown as Omit<
      P,
      'tenantId'
    >);
    all.push(...page.rows);
    after = page.nextCursor;
  } while (after !== null);
  return all;
}

/** What tells a row from others, without its cursor. */
const rows = <R extends { cursor: string }>(list: R[]) => list.map(({ cursor: _, ...row }) => row);

t.test('pages join without a gap or a repeat, also among rows of one moment', async (t) => {
  await scene.installer.query(
    'update commerce.products set low_stock_threshold = 1000, version = version where tenant_id = $1',
    [tenantId],
  );
  await asOwner(async (tx) => {
    const { customerId, id: threadId } = only(await tx.run(listThreads, { statuses: ['open'], first: 1 }));
    // One transaction, so one created_at.
    await db.asWorker(async (worker) => {
      for (let number = 1; number <= 8; number++) {
        await worker.run(receiveMessage, {
          channelType: 'whatsapp',
          externalAccountId: 'demo-account-1',
          externalUserId: '2348039999999',
          externalMessageId: `wamid.page.${number}`,
          message: 'One of many',
          occurredAt: new Date('2026-03-01T10:00:00Z'),
        });
      }
    });
    const { customer_id: writerId } = only(
      await tx.sql<{ customer_id: string }>(
        `select customer_id from api.customer_identity where external_user_id = '2348039999999'`,
      ),
    );
    const check = async <P extends ListParams, R extends { cursor: string }>(
      name: string,
      query: PagedQuery<P, R>,
      params: Omit<P, 'tenantId' | 'first' | 'after'>,
      least: number,
    ) => {
      const all = await walk(tx, query, params, 100);
      t.ok(all.length >= least, `${name}: there are ${all.length}`);
      for (const first of [1, 3])
        t.same(rows(await walk(tx, query, params, first)), rows(all), `${name} by ${first}`);
    };
    await check('products', listProducts, {}, 10);
    await check('products on sale', listProducts, { isActive: true }, 10);
    await check('search', searchProducts, { query: 'ankara' }, 4);
    await check('low stock', listLowStock, {}, 10);
    await check('orders', listOrders, { statuses: ['pending', 'confirmed', 'shipped'] }, 4);
    await check('orders of a customer', listCustomerOrders, { customerId }, 0);
    await check('inbox', listThreads, { statuses: ['open'] }, 10);
    await check('messages', listMessages, { threadId }, 1);
    await check('messages of one moment', listCustomerMessages, { customerId: writerId }, 8);
    await check('themes', listThemes, {}, 1);
  });
});

t.test('the last page says so', async (t) => {
  await asOwner(async (tx) => {
    const all = await readPage(tx, listProducts, { first: 1000 });
    t.equal(all.nextCursor, null, 'a page that is not full');
    const one = await readPage(tx, listProducts, { first: 1 });
    t.equal(one.nextCursor, one.rows[0]?.cursor);
    const behind = { first: 1, after: all.rows.at(-1)?.cursor ?? null };
    t.same(await readPage(tx, listProducts, behind), { rows: [], nextCursor: null, previousCursor: null });
  });
});

t.test('what comes and goes meanwhile moves no page', async (t) => {
  await asOwner(async (tx) => {
    const whole = (await readPage(tx, listProducts, { first: 6 })).rows.map(({ id }) => id);
    const start = await readPage(tx, listProducts, { first: 3 });
    await tx.run(createProduct, { sellerId, name: 'Between the pages', price: '1', currencyCode: 'NGN' });
    const last = start.rows[2];
    await tx.run(deleteProduct, { productId: last?.id ?? '', expectedVersion: last?.version ?? 0 });
    const next = await readPage(tx, listProducts, { first: 3, after: start.nextCursor });
    t.same(
      next.rows.map(({ id }) => id),
      whole.slice(3),
      'also when the row that the cursor names is gone',
    );
  });
});

t.test('a list that is walked while others write shows every row that was there, once', async (t) => {
  const added = await asOwner((tx) =>
    tx.run(createProducts, {
      products: Array.from({ length: 10_000 }, (_, index) => ({
        sellerId,
        name: `Bulk ${index}`,
        sku: `BULK-${index}`,
        price: '10.50',
        currencyCode: 'NGN',
        metadata: { index },
      })),
    }),
  );
  t.equal(new Set(added.map(({ id }) => id)).size, 10_000, 'ten thousand in one call');
  t.same([added[0]?.sku, added.at(-1)?.sku], ['BULK-0', 'BULK-9999'], 'in the order given');

  const create = (name: string) =>
    asOwner((tx) => tx.run(createProduct, { sellerId, name, price: '1', currencyCode: 'NGN' }));
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: Page<{ id: string; cursor: string }> = await asOwner((tx) =>
      readPage(tx, listProducts, { first: 900, after }),
    );
    seen.push(...page.rows.map(({ id }) => id));
    after = page.nextCursor;
    await Promise.all([1, 2, 3].map((number) => create(`Meanwhile ${number}`)));
  } while (after !== null);
  const ids = new Set(seen);
  t.equal(ids.size, seen.length, 'no row twice');
  t.ok(
    added.every(({ id }) => ids.has(id)),
    'and none left out',
  );
});

t.test('a cursor is refused anywhere but in its own list', async (t) => {
  const { after, board } = await asOwner(async (tx) => ({
    after: (await readPage(tx, listProducts, { first: 1, isActive: true })).nextCursor ?? '',
    board: (await readPage(tx, listOrders, { statuses: ['pending'], first: 1 })).nextCursor ?? '',
  }));
  const refused = (name: string, work: (tx: TenantTransaction) => Promise<unknown>, who = owner) =>
    t.rejects(db.withTenant(who, work), { code: 'INVALID_INPUT', sqlState: 'SCVAL', field: 'after' }, name);
  const products = (given: unknown) => (tx: TenantTransaction) =>
    tx.run(listProducts, { first: 1, isActive: true, after: given as string });

  t.equal((await asOwner(products(after))).length, 1, 'here it is right');
  await refused('another list', (tx) => tx.run(listOrders, { statuses: ['pending'], first: 1, after }));
  await refused('another filter', (tx) =>
    tx.run(listOrders, { statuses: ['confirmed'], first: 1, after: board }),
  );
  await refused('a filter less', (tx) => tx.run(listProducts, { first: 1, after }));
  await refused('another merchant', products(after), theirs.owner);
  const changed = (index: number) =>
    `${after.slice(0, index)}${after[index] === 'A' ? 'B' : 'A'}${after.slice(index + 1)}`;
  for (let index = 0; index < after.length; index++)
    await refused(`changed at ${index}`, products(changed(index)));
  for (const nonsense of [
    '',
    'nonsense',
    `${after} `,
    `${after}=`,
    after.slice(0, -1),
    0,
    {},
    [after],
    true,
  ]) {
    await refused(`nonsense: ${JSON.stringify(nonsense)}`, products(nonsense));
  }
});

t.test('a page has a length', async (t) => {
  for (const first of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, undefined, '10'] as number[]) {
    await t.rejects(
      asOwner((tx) => tx.run(listProducts, { first })),
      { code: 'INVALID_INPUT', field: 'first' },
      String(first),
    );
  }
});

t.test('a machine reads pages as well', async (t) => {
  const ids = await db.asWorker(async (tx) => {
    const { rows, nextCursor } = await readPage(tx, listTenantsWithWork, { kind: 'purge_deleted', first: 1 });
    const after = await readPage(tx, listTenantsWithWork, {
      kind: 'purge_deleted',
      first: 1,
      after: nextCursor,
    });
    return [...rows, ...after.rows].map(({ id }) => id);
  });
  t.same(new Set(ids), new Set([tenantId, theirs.tenantId]));
});
