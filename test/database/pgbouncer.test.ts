import pg from 'pg';
import t from 'tap';
import { type Database, listProducts, NotFoundError, updateProduct } from '../../src/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { skipPooler, startPooler } from '../support/pooler.ts';
import { connect, demoTenant, only } from './package.ts';

/** Everything as ever through Debian's pgbouncer in transaction mode, with three connections to the server. */
t.test('through pgbouncer', { skip: skipPooler }, async (t) => {
  const scene = await createTestDatabase(t);
  const ours = await demoTenant(scene, 1);
  const theirs = await demoTenant(scene, 2);
  const { DATABASE_API_URL, DATABASE_AUTH_URL } = scene.urls;
  const through = await startPooler(t, { DATABASE_API_URL, DATABASE_AUTH_URL });
  const db: Database = connect(scene, {
    connectionString: through.DATABASE_API_URL ?? '',
    authConnectionString: through.DATABASE_AUTH_URL ?? '',
    maxConnections: 100,
    statementTimeout: 60_000,
  });
  t.teardown(() => db.close());

  await t.test('200 transactions of two tenants on three connections, none sees the other', async (t) => {
    const backends = new Set<number>();
    await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const { owner, tenantId } = n % 2 === 0 ? ours : theirs;
        await db.withTenant(owner, async (tx) => {
          const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
          backends.add(pid);
          const rows = await tx.sql<{ id: string; n: string }>(
            'select tenant_id as id, count(*) as n from api.products group by 1',
          );
          if (rows.length !== 1 || rows[0]?.id !== tenantId)
            t.fail(`transaction ${n} saw ${JSON.stringify(rows)}`);
          await tx.run(listProducts, { first: 3 });
          await tx.savepoint(() => tx.sql(`select set_config('commerce.request_id', 'mine', true)`));
        });
      }),
    );
    t.ok(backends.size <= 3, `${backends.size} backends served them`);
  });

  await t.test('writes, failures, streams and cancelled work', async (t) => {
    const product = await db.withTenant(ours.owner, async (tx) =>
      only(await tx.run(listProducts, { first: 1 })),
    );
    const rename = (name: string, version: number, owner = ours.owner) =>
      db.withTenant(owner, (tx) =>
        tx.run(updateProduct, { productId: product.id, expectedVersion: version, name }),
      );
    t.match(await rename('Pooled', product.version), [{ version: product.version + 1 }]);
    await t.rejects(rename('Stale', product.version), { code: 'VERSION_CONFLICT' });
    t.same(await rename('Theirs', product.version + 1, theirs.owner), []);
    let count = 0;
    await db.withTenant(ours.owner, async (tx) => {
      for await (const _ of tx.stream(listProducts, {}, { batchSize: 2 })) count += 1;
    });
    t.ok(count > 5);

    const stop = new AbortController();
    const sleeping = db.withTenant(ours.owner, (tx) => tx.sql('select pg_sleep(30)'), {
      signal: stop.signal,
    });
    const active = async () =>
      (
        await scene.installer.query(
          `select from pg_stat_activity where datname = current_database() and query = 'select pg_sleep(30)' and state = 'active'`,
        )
      ).rowCount;
    t.ok(await eventually(async () => (await active()) === 1));
    stop.abort(new Error('enough'));
    await t.rejects(sleeping, { message: 'enough' });
    t.ok(await eventually(async () => (await active()) === 0), 'the pooler passes the cancel on');
    await t.rejects(
      db.asAnonymous('nobody.example', async () => {}),
      NotFoundError,
    );
  });

  await t.test('what a connection is left with has no role and no session', async (t) => {
    const raw = new pg.Client({ connectionString: through.DATABASE_API_URL });
    await raw.connect();
    t.teardown(() => raw.end());
    for (let n = 0; n < 6; n++) {
      const { rows } = await raw.query(
        `select current_setting('role') as role, current_setting('commerce.session', true) as session`,
      );
      t.match(rows, [{ role: 'none', session: /^$/ }]);
      await t.rejects(raw.query('select count(*) from api.products'), { code: '42501' });
    }
  });
});
