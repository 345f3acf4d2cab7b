import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { type RunningServer, startServer } from '../../src/graphql/server.ts';
import { demoMerchants } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { startCcdb } from '../support/ccdb.ts';
import { countBlocked, createTestDatabase, isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { type DatabaseProxy, startProxy } from '../support/proxy.ts';
import { asWorker } from '../support/session.ts';
import { connect } from './subscriber.ts';
import { type Ask, bearer, client, codeOf, jwtSecret } from './support.ts';

/** What API clients see while the database is away, silent or busy. */
const db = await createTestDatabase(t);
const [shop] = await demoMerchants(db.urls.DATABASE_WORKER_URL);
if (shop === undefined) throw new Error('the demo template has merchants');
const { tenantId, ownerSubject: subject } = shop;
const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '1h');
const products = '{ products(first: 1) { nodes { id } } }';

async function stage(
  t: Test,
  options = {},
): Promise<{ server: RunningServer; proxy: DatabaseProxy; ask: Ask }> {
  const proxy = await startProxy(db.urls.DATABASE_URL);
  const server = await startServer({
    connectionString: proxy.through(db.urls.DATABASE_API_URL),
    authConnectionString: proxy.through(db.urls.DATABASE_AUTH_URL),
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    ...options,
  });
  t.teardown(async () => {
    await server.close();
    await proxy.close();
  });
  const ask = client(server.url, bearer(token));
  t.equal((await ask(products)).status, 200);
  return { server, proxy, ask };
}

t.test('while the database is away, everything is UNAVAILABLE', async (t) => {
  const { proxy, ask } = await stage(t);
  proxy.refuse();
  for (let n = 0; n < 20; n += 1) {
    const answer = await ask(products);
    t.same([answer.status, codeOf(answer)], [503, 'UNAVAILABLE']);
  }
  proxy.pass();
  const began = performance.now();
  t.ok(await eventually(async () => (await ask(products)).status === 200));
  t.comment(performance.now() - began);
});

const ready = async (url: string): Promise<number> => (await fetch(new URL('/readyz', url))).status;
const isServed = async (ask: Ask): Promise<boolean> => (await ask(products)).status === 200;

t.test('connections that fall silent are given up, and readiness says so as long as it lasts', async (t) => {
  const { server, proxy, ask } = await stage(t);
  proxy.silence();
  const began = performance.now();
  const answers = Promise.all(Array.from({ length: 100 }, () => ask(products)));
  t.ok(await eventually(async () => (await ready(server.url)) === 503, 5_000), 'noticed');
  for (const answer of await answers) t.same([answer.status, codeOf(answer)], [503, 'UNAVAILABLE']);
  t.ok(performance.now() - began < 25_000, 'nobody waits for ever');
  for (let n = 0; n < 5; n += 1) t.equal(await ready(server.url), 503, 'still noticed');
  proxy.pass();
  const back = performance.now();
  t.ok(await eventually(() => isServed(ask)));
  t.comment(`served again after ${Math.round(performance.now() - back)} ms`);
  t.ok(await eventually(async () => (await ready(server.url)) === 200, 5_000), 'ready again');
  const after = await Promise.all(Array.from({ length: 40 }, () => ask(products)));
  t.same(new Set(after.map(({ status }) => status)), new Set([200]), 'every place is free again');
});

t.test('a server stops within its limit although its database is silent', async (t) => {
  const proxy = await startProxy(db.urls.DATABASE_URL);
  t.teardown(() => proxy.close());
  const serve = startCcdb(['serve', '--port', String(await freePort())], {
    DATABASE_API_URL: proxy.through(db.urls.DATABASE_API_URL),
    DATABASE_AUTH_URL: proxy.through(db.urls.DATABASE_AUTH_URL),
    JWT_SECRET: jwtSecret,
  });
  t.teardown(() => serve.child.kill('SIGKILL'));
  const ask = client(await serve.seen(/"url":"([^"]+)"/), bearer(token));
  t.ok(await isServed(ask));
  proxy.silence();
  const waiting = Promise.allSettled(Array.from({ length: 20 }, () => ask(products)));
  // The requests have come in, and wait.
  await sleep(500);
  serve.child.kill('SIGTERM');
  t.match(await serve.ended, { code: 0 }, 'by itself: at its limit it ends with 1');
  await waiting;
});

t.test('a busy connection that is ended by the database ends nothing else', async (t) => {
  const serve = startCcdb(['serve', '--port', String(await freePort())], {
    DATABASE_API_URL: db.urls.DATABASE_API_URL,
    DATABASE_AUTH_URL: db.urls.DATABASE_AUTH_URL,
    JWT_SECRET: jwtSecret,
  });
  t.teardown(() => serve.child.kill('SIGKILL'));
  const ask = client(await serve.seen(/"url":"([^"]+)"/), bearer(token));
  const blocker = await db.installer.connect();
  await blocker.query('begin; lock table commerce.products');
  for (let n = 0; n < 3; n += 1) {
    const waiting = Array.from({ length: 4 }, () => ask(products));
    t.ok(await eventually(async () => (await countBlocked(db, '%products%')) === 4));
    await db.installer.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'ccdb%'`,
    );
    for (const answer of await Promise.all(waiting)) {
      t.same([answer.status, codeOf(answer)], [503, 'UNAVAILABLE']);
    }
  }
  await blocker.query('rollback');
  blocker.release();
  t.ok(await eventually(() => isServed(ask)));
  serve.child.kill('SIGTERM');
  const { code, stdout, stderr } = await serve.ended;
  t.equal(code, 0);
  t.notMatch(stdout, /"stack"/, 'and nothing is logged as a defect');
  t.equal(stderr, '');
});

t.test('a socket that connects meanwhile is asked to try again', async (t) => {
  const { server, proxy, ask } = await stage(t);
  proxy.refuse();
  const early = connect(server.url, token);
  early.subscribe('subscription { messageAdded { cursor } }');
  t.match(await early.closed, { code: 1013 });
  await early.close();
  proxy.pass();
  t.ok(await eventually(() => isServed(ask)));
});

t.test('a COMMIT whose answer does not come has a code of its own', async (t) => {
  const { proxy, ask } = await stage(t);
  const create = (name: string) =>
    ask(
      `mutation($name: String) { createCustomer(input: { customer: { displayName: $name } }) { customer { id } } }`,
      {
        name,
      },
    );
  proxy.cutAnswerTo('commit\0');
  const answer = await create('Kept or not');
  t.equal(codeOf(answer), 'OUTCOME_UNKNOWN');
  t.ok(
    await eventually(
      async () =>
        (await db.installer.query(`select from commerce.customer where display_name = 'Kept or not'`))
          .rowCount === 1,
    ),
  );
  proxy.cutAnswerTo('commit\0');
  const read = await ask(products);
  t.same([read.status, codeOf(read)], [503, 'UNAVAILABLE'], 'a query changes nothing');
});

t.test('one locked product does not hold up readers', async (t) => {
  const { ask } = await stage(t, { poolSize: 4 });
  const { data } = await ask('{ products(first: 1) { nodes { id: rowId version } } }');
  const [{ id, version }] = data.products.nodes;
  const blocker = await db.installer.connect();
  await blocker.query('begin');
  await blocker.query('select from commerce.products where id = $1 for update', [id]);
  const rename = `mutation { updateProduct(input: { rowId: "${id}", patch: { name: "x", version: ${version} } }) { product { id } } }`;
  const writers = Promise.all(Array.from({ length: 12 }, () => ask(rename)));
  t.ok(await eventually(() => isBlocked(db)));
  const began = performance.now();
  const lists = await Promise.all(Array.from({ length: 100 }, () => ask(products)));
  t.same(new Set(lists.map(({ status }) => status)), new Set([200]));
  t.ok(await isBlocked(db), 'while the writers wait');
  t.comment(`100 lists in ${Math.round(performance.now() - began)} ms`);
  for (const answer of await writers) t.equal(codeOf(answer), 'BUSY');
  await blocker.query('rollback');
  blocker.release();
});

t.test('a subscription goes on after the database was away, and skips nothing', async (t) => {
  const { server, proxy } = await stage(t);
  const { rows } = await db.installer.query<{ account: string }>(
    `select external_account_id as account from commerce.channel
      where tenant_id = $1 and channel_type = 'whatsapp'`,
    [tenantId],
  );
  let written = 0;
  const write = () =>
    asWorker(db, (worker) =>
      worker.query(`select from internal.receive_message('whatsapp', $1, '2348000000001', $2, $3)`, [
        rows[0]?.account,
        `wamid.fault.${written}`,
        String(++written),
      ]),
    );
  const socket = connect(server.url, token);
  t.teardown(() => socket.close());
  const stream = socket.subscribe('subscription { messageAdded { cursor message { text } } }');
  await eventually(async () => {
    await write();
    return stream.events.length > 0;
  });
  const first = Number(stream.events[0].message.text);
  const writeFor = async (milliseconds: number): Promise<void> => {
    for (const end = Date.now() + milliseconds; Date.now() < end; ) await write();
  };
  for (let n = 0; n < 3; n += 1) {
    await writeFor(200);
    proxy.cut();
    await writeFor(200);
    proxy.refuse();
    await writeFor(500);
    proxy.pass();
  }
  proxy.silence();
  await writeFor(3_000);
  proxy.pass();
  await writeFor(200);
  t.ok(await eventually(() => stream.events.length > written - first, 20_000), 'all have come');
  t.same(stream.errors, []);
  t.same(
    stream.events.map((event) => Number(event.message.text)),
    Array.from({ length: written - first + 1 }, (_, i) => first + i),
    `${written} messages, in order and once`,
  );
});
