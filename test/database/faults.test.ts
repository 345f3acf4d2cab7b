import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import {
  createDatabase,
  type Database,
  type DatabaseOptions,
  listProducts,
  type TenantTransaction,
  UnavailableError,
} from '../../src/index.ts';
import { demoMerchants } from '../../src/operations/seed-demo.ts';
import { createTestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { type DatabaseProxy, startProxy } from '../support/proxy.ts';

/** What the library does on connections that break, fall silent or come late. */
const scene = await createTestDatabase(t);
const [shop] = await demoMerchants(scene.urls.DATABASE_WORKER_URL);
if (shop === undefined) throw new Error('the demo template has merchants');
const { tenantId, ownerSubject: subject } = shop;
const owner = { tenantId, subject, role: 'member' as const };
const firstProduct = (tx: TenantTransaction) => tx.run(listProducts, { first: 1 });

async function stage(
  t: Test,
  options: Partial<DatabaseOptions> = {},
): Promise<{ db: Database; proxy: DatabaseProxy }> {
  const proxy = await startProxy(scene.urls.DATABASE_URL);
  t.teardown(() => proxy.close());
  const db = createDatabase({
    connectionString: proxy.through(scene.urls.DATABASE_API_URL),
    authConnectionString: proxy.through(scene.urls.DATABASE_AUTH_URL),
    maxConnections: 4,
    ...options,
  });
  t.teardown(() => db.close());
  await db.withTenant(owner, firstProduct);
  return { db, proxy };
}

/** How many milliseconds it takes until the promise comes to something. */
async function lasts(promise: Promise<unknown>): Promise<number> {
  const began = performance.now();
  await promise.catch(() => {});
  return performance.now() - began;
}

const unavailable = { name: 'UnavailableError', code: 'UNAVAILABLE', httpStatus: 503 };

t.test('statementTimeout holds on a server that has fallen silent', async (t) => {
  const { db, proxy } = await stage(t, { statementTimeout: 500 });
  proxy.silence();
  const waiting = Array.from({ length: 8 }, () => db.withTenant(owner, firstProduct));
  const duration = lasts(Promise.allSettled(waiting));
  for (const each of waiting) await t.rejects(each, unavailable);
  t.ok((await duration) < 10_000, 'nobody waits for ever');
  t.ok((await lasts(t.rejects(db.withTenant(owner, firstProduct), unavailable))) < 2_000, 'nor one by one');
  proxy.pass();
  const back = performance.now();
  t.ok(
    await eventually(() =>
      db.withTenant(owner, firstProduct).then(
        () => true,
        () => false,
      ),
    ),
  );
  t.comment(`back after ${Math.round(performance.now() - back)} ms`);
  t.same(
    (await Promise.all(Array.from({ length: 8 }, () => db.withTenant(owner, async () => 'well')))).length,
    8,
    'every place of the pool is free again',
  );
});

t.test('a silent server is noticed without any limit', async (t) => {
  const { db, proxy } = await stage(t);
  proxy.silence();
  await t.rejects(db.withTenant(owner, firstProduct), unavailable);
});

t.test('an abort does not wait for a silent server, and closing does not either', async (t) => {
  const { db, proxy } = await stage(t);
  const stop = new AbortController();
  const work = db.withTenant(owner, (tx) => tx.sql('select pg_sleep(60)'), { signal: stop.signal });
  work.catch(() => {});
  await sleep(300);
  proxy.silence();
  const aborted = lasts(work);
  stop.abort(new Error('not needed any more'));
  await t.rejects(work, { message: 'not needed any more' });
  t.ok((await aborted) < 3_000);
  t.ok((await lasts(db.close())) < 3_000);
});

t.test('an abort that overtakes its statement ends it all the same, and frees its locks', async (t) => {
  const { db, proxy } = await stage(t);
  const stop = new AbortController();
  const work = db.withTenant(
    owner,
    async (tx) => {
      await tx.sql('select pg_advisory_xact_lock(42)');
      proxy.delayNext('pg_sleep(61)', 200);
      const sleeping = tx.sql('select pg_sleep(61)');
      stop.abort(new Error('not needed any more'));
      await sleeping;
    },
    { signal: stop.signal },
  );
  await t.rejects(work, { message: 'not needed any more' });
  const isHeld = async () =>
    (
      await scene.installer.query(
        `select from pg_stat_activity where query = 'select pg_sleep(61)' and state = 'active'`,
      )
    ).rowCount !== 0;
  t.ok(await eventually(async () => !(await isHeld()), 3_000));
  await db.withTenant(owner, (tx) => tx.sql('select pg_advisory_xact_lock(42)'));
});

t.test('what a network delivers late is not lost', async (t) => {
  const { db, proxy } = await stage(t);
  proxy.hold();
  const late = db.withTenant(owner, firstProduct);
  await sleep(1_000);
  proxy.pass(20);
  t.equal((await late).length, 1);
});

t.test('statements that last longer than their silence is believed are answered', async (t) => {
  const { db } = await stage(t);
  const slow = (tx: TenantTransaction) => tx.sql('select pg_sleep(3)');
  t.equal((await Promise.all([db.withTenant(owner, slow), db.withTenant(owner, slow)])).length, 2);
});

t.test('connections that are cut fail what runs on them, and nothing after it', async (t) => {
  const { db, proxy } = await stage(t);
  const working = Array.from({ length: 4 }, () =>
    db.withTenant(owner, (tx) => tx.sql('select pg_sleep(60)')),
  );
  await eventually(async () => proxy.open >= 4);
  await sleep(300);
  proxy.cut();
  for (const each of working) await t.rejects(each, unavailable);
  t.equal((await db.withTenant(owner, firstProduct)).length, 1);
  proxy.refuse();
  await t.rejects(db.withTenant(owner, firstProduct), unavailable);
  proxy.pass();
  t.ok(
    await eventually(() =>
      db.withTenant(owner, firstProduct).then(
        () => true,
        () => false,
      ),
    ),
  );
});

t.test('a COMMIT whose answer does not come has another code than work that is not kept', async (t) => {
  const { db, proxy } = await stage(t);
  const rename = (tx: TenantTransaction) =>
    tx.sql(
      `update api.products set name = 'Kept', version = version where id = (select min(id::text)::uuid from api.products)`,
    );
  proxy.cutAnswerTo('commit\0');
  const error = await db.withTenant(owner, rename).catch((reason: unknown) => reason);
  t.ok(error instanceof UnavailableError);
  t.match(error, { code: 'OUTCOME_UNKNOWN', sqlState: '08007', isOutcomeUnknown: true, httpStatus: 503 });
  t.equal((await scene.installer.query(`select from commerce.products where name = 'Kept'`)).rowCount, 1);
  proxy.cutAnswerTo('commit\0');
  await t.rejects(db.withTenant(owner, firstProduct, { readOnly: true }), unavailable, 'nothing to be kept');
});

t.test('what the database cannot do at the moment has a code and a reason', async (t) => {
  const { db } = await stage(t);
  for (const [sqlState, reason] of Object.entries({
    53100: 'DISK_FULL',
    53300: 'TOO_MANY_CONNECTIONS',
    25006: 'READ_ONLY',
    53200: 'OUT_OF_RESOURCES',
  })) {
    const raise = `do $$ begin raise exception 'a secret' using errcode = '${sqlState}'; end $$`;
    const error = await db.withTenant(owner, (tx) => tx.sql(raise)).catch((reason: unknown) => reason);
    t.match(error, { ...unavailable, sqlState, reason });
    t.notMatch(JSON.stringify(error), 'secret');
  }
});

t.test('a server that only reads says so', async (t) => {
  const reading = (url: string) => `${url}?options=-c%20default_transaction_read_only%3Don`;
  const db = createDatabase({
    connectionString: scene.urls.DATABASE_API_URL,
    authConnectionString: reading(scene.urls.DATABASE_AUTH_URL),
  });
  t.teardown(() => db.close());
  await t.rejects(db.withTenant(owner, firstProduct), {
    ...unavailable,
    reason: 'READ_ONLY',
    sqlState: '25006',
  });
});
