import pg from 'pg';
import t from 'tap';
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
