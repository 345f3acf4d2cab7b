import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import t from 'tap';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { withClient } from '../../src/operations/client.ts';
import { demoMerchants, seedDemo } from '../../src/operations/seed-demo.ts';
import { signToken } from '../../src/operations/token.ts';
import { startCcdb } from '../support/ccdb.ts';
import { eventually } from '../support/eventually.ts';
import { mountSmallDisk, startFaultyServer } from '../support/faulty-server.ts';
import { freePort } from '../support/free-port.ts';
import { startProxy } from '../support/proxy.ts';
import { connect } from './subscriber.ts';
import { bearer, client, codeOf, jwtSecret } from './support.ts';

/**
 * What happens to a server under load, with a subscription open, when its database does what production does:
 * a table of counts, and no acknowledged write or event may be lost. LONG runs each outage five times.
 */
const rounds = process.env.LONG ? 5 : 1;
const outage = { short: 1_000, long: 4_000 };

/** What a client may be answered with while the database is away. */
const allowed = new Set(['UNAVAILABLE', 'OUTCOME_UNKNOWN', 'BUSY', 'TIMEOUT']);

t.test('outages under load', { skip: process.platform !== 'linux' && 'needs /proc' }, async (t) => {
  const server = await startFaultyServer();
  const disk = await mountSmallDisk(256);
  // In this order: a server whose tablespace is gone never ends, as its last checkpoint fails for ever.
  t.teardown(async () => {
    await server.close();
    await disk?.close();
  });
  const urls = await createMigratedDatabase(
    { url: server.url, prefix: '', close: async () => {} },
    'shop',
    {},
  );
  await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
  if (disk === undefined) t.comment('SKIP a full disk: no tmpfs can be mounted here');
  else {
    await withClient(server.url, async (admin) => {
      await admin.query(`create tablespace small location '${disk.folder}'`);
      await admin.query('alter database shop set tablespace small');
    });
  }
  const proxy = await startProxy(server.url);
  t.teardown(() => proxy.close());
  const serve = startCcdb(['serve', '--port', String(await freePort())], {
    DATABASE_API_URL: proxy.through(urls.DATABASE_API_URL),
    DATABASE_AUTH_URL: proxy.through(urls.DATABASE_AUTH_URL),
    JWT_SECRET: jwtSecret,
  });
  t.teardown(() => serve.child.kill('SIGKILL'));
  const url = await serve.seen(/"url":"([^"]+)"/);
  const [shop] = await demoMerchants(urls.DATABASE_WORKER_URL);
  if (shop === undefined) throw new Error('the demo has merchants');
  const { tenantId, ownerSubject: subject } = shop;
  const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '1h');
  const ask = client(url, bearer(token));
  const direct = new pg.Pool({
    connectionString: urls.DATABASE_WORKER_URL,
    connectionTimeoutMillis: 10_000,
    query_timeout: 30_000,
  }).on('error', () => {});
  direct.on('connect', (each) => each.on('error', () => {}));
  t.teardown(() => direct.end());
  const { rows: channels } = await withClient(urls.DATABASE_URL, (admin) =>
    admin.query(
      `select external_account_id as account from commerce.channel
        where tenant_id = $1 and channel_type = 'whatsapp'`,
      [tenantId],
    ),
  );

  const acknowledged = { customers: new Set<string>(), messages: new Set<string>() };
  const wrong: unknown[] = [];
  let failed = 0;
  /** When the database was back, and how long it then took until somebody was served. */
  let back = Number.POSITIVE_INFINITY;
  let first: number | undefined;
  let count = 0;
  let isOver = false;
  const blob = 'x'.repeat(60);

  const writeCustomer = async (): Promise<void> => {
    const name = `customer ${++count} ${blob}`;
    const mutation =
      'mutation ($name: String) { createCustomer(input: { customer: { displayName: $name } }) { customer { id } } }';
    const answer = await ask(mutation, { name }).catch((error: Error) => ({ status: 0, errors: [error] }));
    if (answer.status === 200 && answer.errors === undefined) {
      acknowledged.customers.add(name);
      if (performance.now() > back) first ??= performance.now() - back;
      return;
    }
    failed += 1;
    const code = answer.status === 0 ? undefined : codeOf(answer as never);
    const isRight =
      code !== undefined && allowed.has(code) && (code !== 'UNAVAILABLE' || answer.status === 503);
    if (!isRight) wrong.push(answer);
    await sleep(20);
  };
  const writeMessage = async (): Promise<void> => {
    const text = `message ${++count}`;
    try {
      const call = `select set_config('role', 'commerce_worker', false)`;
      const worker = await direct.connect();
      try {
        await worker.query(call);
        await worker.query(`select from internal.receive_message('whatsapp', $1, '2348000000001', $2, $3)`, [
          channels[0].account,
          `wamid.${count}.${text}`,
          text,
        ]);
        acknowledged.messages.add(text);
        worker.release();
      } catch (error) {
        worker.release(true);
        throw error;
      }
    } catch {
      await sleep(50);
    }
    await sleep(20);
  };
  const forever = async (work: () => Promise<void>): Promise<void> => {
    while (!isOver) await work();
  };

  const socket = connect(url, token);
  t.teardown(() => socket.close());
  const stream = socket.subscribe('subscription { messageAdded { cursor message { text } } }');
  t.ok(
    await eventually(async () => {
      await writeMessage();
      return stream.events.length > 0;
    }),
    'subscribed',
  );
  acknowledged.messages.clear();
  // Also when something below throws: nothing may go on after the test.
  t.teardown(() => {
    isOver = true;
  });
  const load = [...Array.from({ length: 6 }, () => forever(writeCustomer)), forever(writeMessage)];

  const outages: Record<string, { begin(): unknown; end(): unknown; lasts?: number }> = {
    cut: { begin: () => proxy.cut(), end: () => {}, lasts: 0 },
    refuse: { begin: () => proxy.refuse(), end: () => proxy.pass() },
    hold: { begin: () => proxy.hold(), end: () => proxy.pass() },
    silence: { begin: () => proxy.silence(), end: () => proxy.pass(), lasts: outage.long },
    pause: { begin: () => server.pause(), end: () => server.resume(), lasts: outage.long },
    kill: { begin: () => server.kill(), end: () => server.start() },
    restart: { begin: () => server.stop(), end: () => server.start() },
    ...(disk && { 'disk full': { begin: () => disk.fill(), end: () => disk.free(), lasts: outage.long } }),
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, { begin, end, lasts = outage.short }] of Object.entries(outages)) {
      const before = { failed, acknowledged: acknowledged.customers.size };
      await begin();
      await sleep(lasts);
      await end();
      first = undefined;
      back = performance.now();
      t.ok(await eventually(() => first !== undefined), `${name}: served again`);
      back = Number.POSITIVE_INFINITY;
      await sleep(500);
      t.equal(serve.child.exitCode, null, `${name}: the process lives`);
      t.comment(
        `${name}: ${acknowledged.customers.size - before.acknowledged} acknowledged, ${failed - before.failed} failed, ` +
          `first success ${Math.round(first ?? 0)} ms after the return`,
      );
    }
  }
  isOver = true;
  await Promise.all(load);

  t.same(wrong.slice(0, 3), [], `${failed} failed, ${wrong.length} with a wrong code`);
  const { rows } = await withClient(urls.DATABASE_URL, (admin) =>
    admin.query<{ name: string }>('select display_name as name from commerce.customer'),
  );
  const kept = new Set(rows.map(({ name }) => name));
  const lost = [...acknowledged.customers].filter((name) => !kept.has(name));
  t.same(lost, [], `${acknowledged.customers.size} customers acknowledged`);
  const received = () => new Set(stream.events.map((event) => event.message.text as string));
  const missing = () => [...acknowledged.messages].filter((text) => !received().has(text));
  await eventually(() => missing().length === 0);
  t.same(missing(), [], `${acknowledged.messages.size} messages acknowledged`);
  t.same(stream.errors, []);
  t.comment(
    `acknowledged ${acknowledged.customers.size} customers and ${acknowledged.messages.size} messages, lost ` +
      `${lost.length} and ${missing().length}; failed ${failed}, with a wrong code ${wrong.length}`,
  );
  serve.child.kill('SIGTERM');
  const { code, stdout, stderr } = await serve.ended;
  t.same([code, stderr], [0, ''], stdout.split('\n').slice(-5).join('\n'));
});
