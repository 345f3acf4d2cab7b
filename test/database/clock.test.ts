import t, { type Test } from 'tap';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { startServer } from '../../src/graphql/server.ts';
import { createDatabase, UnavailableError } from '../../src/index.ts';
import { signToken } from '../../src/operations/token.ts';
import { addChatCustomer, addProduct, addShopper, asRead, one, openShop } from '../functions/shop.ts';
import { connect } from '../graphql/subscriber.ts';
import { bearer, codeOf, client as graphqlClient, jwtSecret } from '../graphql/support.ts';
import { ccdb, startCcdb } from '../support/ccdb.ts';
import { skipClock, startClockServer } from '../support/clock.ts';
import { connect as connectLogins } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { asBuyer, asMember, asRole, asWorker, openSession } from '../support/session.ts';

/** The step that is tolerated, in seconds: docs/decisions/clock.md. */
const step = 120;
const day = 86_400;

async function setStage(t: Test) {
  const cluster = await startClockServer(t);
  const server = { url: cluster.url, prefix: '', close: async () => {} };
  const { close, ...db } = connectLogins(await createMigratedDatabase(server, 'shop', {}));
  t.teardown(close);
  const shop = await openShop(db);
  const endpoint = await startServer({
    connectionString: db.urls.DATABASE_API_URL,
    authConnectionString: db.urls.DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
  });
  t.teardown(() => endpoint.close());
  const { tenantId, subject } = shop.owner;
  // Months pass for the database alone.
  const token = await signToken({ role: 'member', tenantId, subject: subject ?? '' }, jwtSecret, '365d');
  return { cluster, db, shop, endpoint, token };
}

t.test('a clock that is set', { skip: skipClock }, async (t) => {
  const { cluster, db, shop, endpoint, token } = await setStage(t);
  const { setClock } = cluster;
  t.beforeEach(() => setClock(0));
  let messages = 0;
  const write = async (text: string): Promise<void> => {
    messages += 1;
    await asWorker(db, (client) =>
      client.query(`select internal.receive_message('whatsapp', $1, '+2348030000001', $2, $3)`, [
        shop.account,
        `wamid.${messages}`,
        text,
      ]),
    );
  };

  await t.test(
    'back by two minutes: live streams and cursors miss nothing, and tell nothing twice',
    async (t) => {
      const query =
        'subscription ($after: String) { messageAdded(after: $after) { cursor message { text } } }';
      const socket = connect(endpoint.url, token);
      t.teardown(() => socket.close());
      const stream = socket.subscribe(query);
      t.ok(
        await eventually(async () => {
          await write('hello');
          return stream.events.length > 0;
        }),
      );
      // What was written before the subscription had begun is not its concern.
      await write('before the step');
      await eventually(() => stream.events.at(-1).message.text === 'before the step');
      const { cursor } = stream.events.at(-1);
      const told = stream.events.length;
      const before = messages;
      await setClock(-step);
      const clock = await one<{ behind: number }>(
        db.installer,
        'select extract(epoch from clock_timestamp())::float8 - $1::float8 as behind',
        [Date.now() / 1000],
      );
      t.ok(Math.abs(clock.behind + step) < 5, 'the clock is set');
      await write('after the step');
      await write('and after that');
      await stream.atLeast(told + 2);
      const resumed = socket.subscribe(query, { after: cursor });
      await resumed.atLeast(2);
      const opened = socket.subscribe(query);
      t.ok(
        await eventually(async () => {
          await write('still there');
          return opened.events.length > 0;
        }),
      );
      await setClock(0);
      await write('as before');
      const expected = messages - before;
      const texts = (events: { message: { text: string } }[]) => events.map(({ message }) => message.text);
      await eventually(
        () =>
          stream.events.length === told + expected &&
          resumed.events.length === expected &&
          texts(opened.events).at(-1) === 'as before',
      );
      t.equal(stream.events.length, told + expected, 'each once');
      t.strictSame(texts(resumed.events), texts(stream.events).slice(told), 'and so from the cursor on');
      t.equal(texts(opened.events).at(-1), 'as before');
      t.strictSame([stream.errors, resumed.errors, opened.errors], [[], [], []]);
    },
  );

  await t.test('back by two minutes: sessions, orders and keys go on', async (t) => {
    const product = await addProduct(db, shop, { stock: 5 });
    const shopper = await addShopper(db, shop, 'shopper');
    const session = await openSession(db, 'buyer', shopper);
    const lines = JSON.stringify([{ product_id: product, quantity: 1 }]);
    const place = (key: string) => (client: Parameters<Parameters<typeof asBuyer>[2]>[0]) =>
      one(
        client,
        `select id, version from api.place_order(p_lines => $1, p_expected_totals => ${asRead('$1')}, p_channel => 'web_chat', p_idempotency_key => $2)`,
        [lines, key],
      );
    const first = await asRole(db.api, 'commerce_buyer', session, place('first'));
    await setClock(-step);
    const again = await asRole(db.api, 'commerce_buyer', session, place('first'));
    t.equal(again.id, first.id, 'the key returns the first result');
    const second = await asBuyer(db, shopper, place('second'));
    await asMember(db, shop.owner, (client) =>
      client.query('select api.cancel_order($1, $2, $3)', [second.id, 'none left', second.version]),
    );
    await addChatCustomer(db, shop, '+2348030000002');
    await setClock(0);
    t.equal((await asBuyer(db, shopper, place('second'))).id, second.id);
    const { rows } = await db.installer.query(`select status from commerce.orders order by id`);
    t.strictSame(rows.map(({ status }) => status).sort(), ['cancelled', 'pending']);
  });

  await t.test('back by two minutes: a worker works on, and a killed one is replaced', async (t) => {
    const env = { DATABASE_WORKER_URL: db.urls.DATABASE_WORKER_URL };
    await setClock(step);
    const worker = startCcdb(['worker', '--every', '1'], env);
    await worker.seen(/seal_audit_log/);
    await setClock(0);
    const { rows } = await db.installer.query<{ at: string }>('select clock_timestamp()::text as at');
    t.ok(
      await eventually(async () => {
        const { rowCount } = await db.installer.query(
          `select from internal.job_run where job = 'seal_audit_log' and failures = 0
              and last_success_at between $1::timestamptz and $1::timestamptz + interval '1 minute'`,
          [rows[0]?.at],
        );
        return rowCount === 1;
      }),
    );
    worker.child.kill('SIGKILL');
    await worker.ended;
    await setClock(-step);
    t.match(await ccdb(['worker', '--once'], env), { code: 0, stderr: '' });
    await setClock(0);
  });

  const verify = () => one(db.installer, 'select row_count::integer, reason from audit.verify()');
  const count = () => one(db.installer, 'select count(*)::integer from audit.log');
  const seal = async (sql: string): Promise<void> => {
    for (let run = 0; run < 3; run++)
      await asRole(db.worker, 'commerce_worker', '', (client) => client.query(sql));
  };

  await t.test('back by two minutes: what is sealed stays proven, and the rest is sealed', async (t) => {
    await addProduct(db, shop);
    await setClock(300);
    await addProduct(db, shop);
    await seal('select internal.seal_audit_log()');
    t.ok(Number((await verify()).row_count) > 0, 'up to the time that is left');
    await setClock(300 - step);
    await addProduct(db, shop);
    await seal('select internal.seal_audit_log()');
    t.match(await verify(), { reason: null });
    await setClock(600);
    await seal('select internal.seal_audit_log()');
    t.match(await verify(), { row_count: (await count()).count, reason: null });

    await addProduct(db, shop);
    for (let run = 0; run < 3; run++) await db.installer.query(`select audit.seal(1000, '-2 seconds')`);
    await setClock(600 - step);
    await addProduct(db, shop);
    t.match(await verify(), { reason: 'inserted' }, 'which a seal that leaves no time would not bear');
    await db.installer.query('alter table audit.seal disable trigger all; truncate audit.seal cascade');
  });

  await t.test('on the first of a month: the partition of the day before is there', async (t) => {
    const first = new Date();
    first.setUTCMonth(first.getUTCMonth() + 7, 1);
    first.setUTCHours(0, 0, 30, 0);
    await setClock(Math.round((first.getTime() - Date.now()) / 1000));
    const { made } = await one<{ made: number }>(
      db.installer,
      'select internal.ensure_partitions(0) as made',
    );
    t.equal(made, 2);
    await addProduct(db, shop);
    await setClock(Math.round((first.getTime() - Date.now()) / 1000) - step);
    await addProduct(db, shop);
    await setClock(0);
  });

  await t.test('four months without a worker: warned of, UNAVAILABLE, and mended by ccdb up', async (t) => {
    const db2 = createDatabase({
      connectionString: db.urls.DATABASE_API_URL,
      authConnectionString: db.urls.DATABASE_AUTH_URL,
    });
    t.teardown(() => db2.close());
    const change = () =>
      db2.withTenant({ ...shop.owner, role: 'member' }, (tx) =>
        tx.sql(
          `insert into api.products (name, price, currency_code, seller_id) values ('Gele', 1, 'NGN', $1)`,
          [shop.sellerId],
        ),
      );
    const ready = async () => (await fetch(new URL('/readyz', endpoint.url))).json();
    const metric = async (name: string): Promise<number> => {
      const text = await (await fetch(new URL('/metrics', endpoint.url))).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const status = () => ccdb(['status'], { DATABASE_URL: db.urls.DATABASE_URL });
    const horizon = await metric('ccdb_audit_partition_horizon_seconds');
    t.ok(horizon > 60 * day);
    t.equal((await status()).stderr, '');

    await setClock(Math.round(horizon) - 10 * day);
    t.match((await status()).stderr, /^warning: the audit log has partitions until \d{4}-\d\d-01 only/m);
    await setClock(130 * day);
    await t.rejects(change(), UnavailableError);
    const ask = graphqlClient(endpoint.url, bearer(token));
    const edit =
      'updateMyProfile(input: { displayName: "Ada", preferredLanguage: "en", expectedVersion: 1 })';
    // The endpoint's session has ended meanwhile, for the database, and is opened anew.
    const isUnavailable = async () =>
      codeOf(await ask(`mutation { ${edit} { myProfile { displayName } } }`)) === 'UNAVAILABLE';
    t.ok(await eventually(isUnavailable));
    t.ok(await eventually(async () => (await metric('ccdb_audit_partition_horizon_seconds')) === 0, 20_000));
    t.match(await ready(), { status: 'ready', warnings: [/no partition for now/] });

    t.match(await ccdb(['up'], { DATABASE_URL: db.urls.DATABASE_URL }), { code: 0, stdout: 'nothing to do' });
    await change();
    await setClock(0);
  });
});
