import { sql } from 'kysely';
import pg from 'pg';
import t from 'tap';
import { isDay, isMoment } from '../../src/database/value-faults.ts';
import { listProducts, VersionConflictError } from '../../src/index.ts';
import { kysely } from '../../src/kysely.ts';
import { demoTenant, only, openPackage } from './package.ts';

const { db, scene } = await openPackage(t);
const ours = await demoTenant(scene, 1);
const theirs = await demoTenant(scene, 2);

t.test('inside of withTenant it reads and writes as the typed queries do', async (t) => {
  const product = await db.withTenant(ours.owner, async (tx) => {
    const own = kysely(tx.connection);
    const made = await own
      .insertInto('products')
      .values({
        sellerId: ours.sellerId,
        name: 'By Kysely',
        price: '2500',
        currencyCode: 'USD',
        metadata: { own_key: { inner_key: 1 } },
      })
      .returning(['id', 'price', 'version', 'createdAt', 'metadata'])
      .executeTakeFirstOrThrow();
    t.match(made, { price: '2500.00', createdAt: Date, metadata: { own_key: { inner_key: 1 } } });
    const { numUpdatedRows } = await own
      .updateTable('products')
      .set({ name: 'Renamed', version: made.version })
      .where('id', '=', made.id)
      .executeTakeFirstOrThrow();
    t.equal(numUpdatedRows, 1n);
    return made;
  });
  const seen = await db.withTenant(ours.owner, (tx) =>
    kysely(tx.connection)
      .selectFrom('products as p')
      .innerJoin('sellerProfile as s', 's.id', 'p.sellerId')
      .select(['p.name', 's.slug', 'p.inventoryCount'])
      .where('p.id', '=', product.id)
      .execute(),
  );
  t.match(only(seen), { name: 'Renamed', slug: String, inventoryCount: 0 });
  t.same(
    await db.withTenant(theirs.owner, (tx) =>
      kysely(tx.connection).selectFrom('products').select('id').where('id', '=', product.id).execute(),
    ),
    [],
    'another merchant does not see it',
  );
  const stale = db.withTenant(ours.owner, (tx) =>
    kysely(tx.connection)
      .updateTable('products')
      .set({ name: 'Stale', version: product.version })
      .where('id', '=', product.id)
      .execute(),
  );
  await t.rejects(stale, VersionConflictError);
});

t.test('it refuses the values that the typed queries refuse, by the name of the column', async (t) => {
  const row = { sellerId: ours.sellerId, name: 'By Kysely', price: '1', currencyCode: 'USD' } as const;
  const insert = (more: object) => (own: Own) =>
    own.insertInto('products').values([row, { ...row, ...more } as typeof row]);
  const { id, version } = await db.withTenant(ours.owner, (tx) =>
    kysely(tx.connection).selectFrom('products').select(['id', 'version']).limit(1).executeTakeFirstOrThrow(),
  );
  const update = (more: object) => (own: Own) =>
    own
      .updateTable('products')
      .set({ ...more, version })
      .where('id', '=', id);
  const where = (column: 'price' | 'publishedAt' | 'name', value: unknown) => (own: Own) =>
    own
      .selectFrom('products')
      .select('id')
      .where('isActive', '=', true)
      .where(column, Array.isArray(value) ? 'in' : '=', value as never);
  type Own = ReturnType<typeof kysely>;
  type Query = { execute(): Promise<unknown> };
  const faults: [(own: Own) => Query, string | null][] = [
    [insert({ price: 12345678901234.99 }), 'price'],
    [update({ price: 12345678901234.99 }), 'price'],
    [where('price', 12345678901234.99), 'price'],
    [where('price', ['1', 12345678901234.99]), 'price'],
    [insert({ price: Number.NaN }), 'price'],
    [
      insert({ metadata: { deep: [{ number: 12345678901234567890n.toString(), rounded: 2 ** 60 }] } }),
      'metadata.deep[0].rounded',
    ],
    [insert({ name: 'half \ud83d' }), 'name'],
    [where('name', 'half \ud83d'), 'name'],
    [update({ name: '\u200b\u200d' }), 'name'],
    [insert({ name: 'nul \0' }), 'name'],
    ...['infinity', 'tomorrow', 'now', '0044-03-15 BC', '11/29/2026', new Date(Number.NaN)].flatMap(
      (value): [(own: Own) => Query, string][] => [
        [insert({ publishedAt: value }), 'publishedAt'],
        [where('publishedAt', value), 'publishedAt'],
      ],
    ),
    [insert({ publishedAt: new Date(Date.UTC(12_000, 1)) }), 'publishedAt'],
    [insert({ sellerId: 'me' }), 'sellerId'],
    [insert({ lowStockThreshold: 1.5 }), 'lowStockThreshold'],
    [(own) => own.selectFrom('kycDocument').select('id').where('expiresOn', '>', 'today'), 'expiresOn'],
    [
      (own) =>
        own
          .selectFrom('products')
          .select('id')
          .where(sql`price`, '>', 2 ** 60),
      null,
    ],
  ];
  for (const [query, field] of faults) {
    await t.rejects(
      db.withTenant(ours.owner, async (tx) => query(kysely(tx.connection)).execute()),
      { code: 'INVALID_INPUT', field },
      `${field}: ${query}`,
    );
  }
  // What is not refused is stored as it was given.
  const stored = await db.withTenant(ours.owner, (tx) =>
    kysely(tx.connection)
      .insertInto('products')
      .values({
        ...row,
        name: '👍 tomorrow',
        price: '12345678901234.99',
        publishedAt: '2026-11-29T08:30:00+02:00',
      })
      .returning(['name', 'price', 'publishedAt'])
      .executeTakeFirstOrThrow(),
  );
  t.same(stored, {
    name: '👍 tomorrow',
    price: '12345678901234.99',
    publishedAt: new Date('2026-11-29T06:30:00Z'),
  });
});

t.test('columns of time are known by their names', async (t) => {
  const { rows } = await scene.installer.query<{ name: string; type: string }>(
    `select distinct a.attname as name, a.atttypid::regtype::text as type
       from pg_attribute as a
       join pg_class as v on v.oid = a.attrelid and v.relkind = 'v' and v.relnamespace = 'api'::regnamespace
      where a.attnum > 0`,
  );
  t.ok(rows.length > 200);
  for (const { name, type } of rows) {
    t.equal(isMoment(name), type === 'timestamp with time zone', `${name} ${type}`);
    t.equal(isDay(name), type === 'date', `${name} ${type}`);
  }
});

t.test('on a connection of one’s own that was entered', async (t) => {
  const client = new pg.Client({ connectionString: scene.urls.DATABASE_API_URL });
  await client.connect();
  t.teardown(() => client.end());
  await client.query('begin');
  await db.enter(ours.owner, client);
  const { id } = await kysely(client)
    .selectFrom('orders')
    .select(['id', 'totalAmount', 'placedAt'])
    .where('status', '=', 'pending')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  t.ok(id);
  await client.query('rollback');
  await t.rejects(kysely(client).selectFrom('orders').select('id').execute(), { code: 'FORBIDDEN' });
});

t.test('it begins no transaction of its own, and ends with the one that it is in', async (t) => {
  const kept = await db.withTenant(ours.owner, async (tx) => {
    await t.rejects(
      kysely(tx.connection)
        .transaction()
        .execute(async () => {}),
      TypeError,
    );
    t.equal((await tx.run(listProducts, { first: 1 })).length, 1, 'the transaction goes on');
    return kysely(tx.connection);
  });
  await t.rejects(kept.selectFrom('products').select('id').execute(), { name: 'TransactionEndedError' });
});

/** Compiled, never run: what the types refuse. */
export function refused(own: ReturnType<typeof kysely>): unknown[] {
  return [
    // @ts-expect-error no order has this status
    own.selectFrom('orders').where('status', '=', 'paid'),
    // @ts-expect-error orders are placed by a function
    own.insertInto('orders').values({ status: 'pending' }),
    // @ts-expect-error a price is needed
    own.insertInto('products').values({ sellerId: 'id', name: 'Scarf', currencyCode: 'USD' }),
    // @ts-expect-error a sum is no number
    own.updateTable('products').set({ price: 10, version: 1 }),
  ];
}
