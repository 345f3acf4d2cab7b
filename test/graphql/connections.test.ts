import pg from 'pg';
import t from 'tap';
import { createPool } from '../../src/database/pool.ts';
import { inSession } from '../../src/graphql/transaction.ts';
import { eventually } from '../support/eventually.ts';
import { setStage } from './support.ts';

/** Nothing of a request stays on a connection of the endpoint's; what is set on its logins is reported. */
const { db, ours, theirs, server } = await setStage(t, { poolSize: 1 });

/** What is sent during the work, and on which connection; the server's are of this process. */
async function sentDuring(work: () => Promise<unknown>): Promise<{ client: pg.Client; text: string }[]> {
  const sent: { client: pg.Client; text: string }[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args as [string | { text: string }];
    sent.push({ client: this, text: typeof first === 'string' ? first : first.text });
    return Reflect.apply(query, this, args);
  } as typeof query;
  await work().finally(() => {
    pg.Client.prototype.query = query;
  });
  return sent;
}

/** The connections of requests, which enter sessions. */
async function clientsDuring(work: () => Promise<unknown>): Promise<Set<pg.Client>> {
  const sent = await sentDuring(work);
  return new Set(sent.flatMap(({ client, text }) => (/set_config\(\$1, \$2/.test(text) ? [client] : [])));
}

/** Everything but the statements that the endpoint itself has prepared, and the names of its own settings. */
const leftovers = `
select 'setting ' || name as what from pg_settings where source = 'session'
union all select 'role' where current_setting('role') <> 'none' or current_user <> session_user
union all select 'session' where current_setting('commerce.session', true) <> ''
union all select 'cursor' from pg_cursors where is_holdable
union all select 'lock' from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
union all select 'channel' from pg_listening_channels()
union all select 'temporary object' from pg_class where relnamespace = pg_my_temp_schema()
union all select 'transaction' where pg_current_xact_id_if_assigned() is not null`;

t.test('queries, mutations and failures leave nothing', async (t) => {
  const clients = await clientsDuring(async () => {
    for (const { ask } of [ours, theirs]) {
      await ask('{ products(first: 2) { nodes { id name } } orders(first: 2) { nodes { id status } } }');
      await ask(
        'mutation { updateProduct(input: { rowId: "00000000-0000-0000-0000-000000000000", patch: { version: 1, name: "x" } }) { product { id } } }',
      );
      await ask('{ product(id: "nonsense") { id } }');
      await ask('{ searchProducts(query: "cofee", first: 3) { name } }');
    }
  });
  t.ok(clients.size > 0);
  for (const client of clients) {
    t.equal(client.getTransactionStatus(), 'I');
    t.same((await client.query(leftovers)).rows, []);
  }
  const [client] = clients;
  await client?.query('select pg_advisory_lock(1)');
  t.same((await client?.query(leftovers))?.rows, [{ what: 'lock' }], 'what is left would be seen');
  await client?.query('select pg_advisory_unlock(1)');
});

t.test('a query is one message, and leaves nothing', async (t) => {
  const { ask } = ours;
  const products = '{ products(first: 2) { nodes { id name } } }';
  await ask(products);
  const sent = await sentDuring(() => ask(products));
  t.equal(sent.length, 1, 'neither BEGIN nor COMMIT');
  const [client] = new Set(sent.map((each) => each.client));
  t.match(sent[0]?.text, /products/);
  t.same((await client?.query(leftovers))?.rows, []);
  const { data } = await ask('{ me { role } orders(first: 2) { nodes { id } } }');
  t.match(data, { me: { role: 'member' }, orders: { nodes: [{ id: String }] } }, 'several statements');
  const change = await sentDuring(() =>
    ask(
      'mutation { updateProduct(input: { rowId: "00000000-0000-0000-0000-000000000000", patch: { version: 1, name: "x" } }) { product { id } } }',
    ),
  );
  t.ok(
    change.some(({ text }) => text === 'begin'),
    'a mutation is a transaction as a whole',
  );
});

t.test('a connection whose transaction may still be open is closed', async (t) => {
  const pool = createPool({ connectionString: db.urls.DATABASE_API_URL, max: 1 });
  t.teardown(() => pool.end());
  const session = {
    role: 'commerce_anonymous',
    sessionId: '',
    requestId: 'mine',
    statementTimeout: 1000,
    session: null,
    request: {},
  };
  const pid = async (client: pg.PoolClient) =>
    (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
  const first = await inSession(pool, session, pid);
  t.equal(await inSession(pool, session, pid), first, 'the connection is used again');
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    if (args[0] === 'rollback') return Promise.reject(new Error('no answer'));
    return Reflect.apply(query, this, args);
  } as typeof query;
  await t.rejects(
    inSession(pool, session, async () => {
      throw new Error('enough');
    }),
    { message: 'enough' },
  );
  pg.Client.prototype.query = query;
  t.not(await inSession(pool, session, pid), first);
  const open = async () =>
    (await db.installer.query('select from pg_stat_activity where pid = $1', [first])).rowCount;
  t.ok(await eventually(async () => (await open()) === 0));
});

t.test('/readyz names what is set on a login, and goes on', async (t) => {
  const { rows } = await db.installer.query('select current_database() as name');
  await db.api.query(
    `alter role commerce_api in database ${pg.escapeIdentifier(rows[0].name)} set row_security = off`,
  );
  const answer = await fetch(new URL('/readyz', server.url));
  t.equal(answer.status, 200);
  t.match(await answer.json(), {
    status: 'ready',
    warnings: [`commerce_api is set to row_security=off in database ${rows[0].name}`],
  });
  t.notOk((await ours.ask('{ products(first: 1) { nodes { id } } }')).errors, 'requests take no notice');
});
