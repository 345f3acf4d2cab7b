import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import t from 'tap';
import { reachableTemporaryFolder, serverOwner } from '../../src/embedded/owner.ts';
import { startKeptServer } from '../../src/embedded/server.ts';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { createDatabase, listProducts, provisionTenant, UnavailableError } from '../../src/index.ts';
import { eventually } from '../support/eventually.ts';

t.test('a server that restarts fails what is under way, and nothing after it', async (t) => {
  const parent = await mkdtemp(join(await reachableTemporaryFolder(serverOwner()), 'ccdb-restart-'));
  await chmod(parent, 0o755);
  t.teardown(() => rm(parent, { recursive: true, force: true }));
  let server = await startKeptServer(parent);
  t.teardown(() => server.stop());
  const urls = await createMigratedDatabase(
    { url: server.url, prefix: '', close: async () => {} },
    'shop',
    {},
  );
  const db = createDatabase({
    connectionString: urls.DATABASE_API_URL,
    authConnectionString: urls.DATABASE_AUTH_URL,
    workerConnectionString: urls.DATABASE_WORKER_URL,
  });
  t.teardown(() => db.close());
  const { tenantId } = await db.asWorker((tx) =>
    tx.run(provisionTenant, {
      name: 'Shop',
      domain: 'shop.example',
      ownerEmail: 'owner@shop.example',
      authSubject: 'owner',
      country: 'NG',
      currency: 'NGN',
      language: 'en',
      tier: 'free',
      idempotencyKey: 'shop',
    }),
  );
  const owner = { tenantId, subject: 'owner', role: 'member' as const };
  const working = Promise.allSettled(
    Array.from({ length: 5 }, () => db.withTenant(owner, (tx) => tx.sql('select pg_sleep(60)'))),
  );
  const looker = new pg.Client({ connectionString: urls.DATABASE_URL });
  looker.on('error', () => {});
  await looker.connect();
  await eventually(
    async () =>
      (await looker.query(`select from pg_stat_activity where query = 'select pg_sleep(60)'`)).rowCount === 5,
  );

  await server.stop();
  for (const outcome of await working) {
    t.ok(outcome.status === 'rejected' && outcome.reason instanceof UnavailableError, String(outcome.status));
  }
  await t.rejects(
    db.withTenant(owner, (tx) => tx.run(listProducts, { first: 1 })),
    UnavailableError,
    'while it is away',
  );
  server = await startKeptServer(parent);
  t.same(
    await db.withTenant(owner, (tx) => tx.run(listProducts, { first: 1 })),
    [],
    'the next call succeeds',
  );
  t.same(
    await Promise.all(Array.from({ length: 20 }, () => db.withTenant(owner, async () => 'well'))),
    Array(20).fill('well'),
  );
});
