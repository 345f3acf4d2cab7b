import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverAudits } from 'graphql-http';
import pino from 'pino';
import { GraphQLError } from 'postgraphile/graphql';
import t, { type Test } from 'tap';
import { type ServerOptions, startServer } from '../../src/graphql/server.ts';
import { readSettings } from '../../src/graphql/settings.ts';
import { Telemetry } from '../../src/graphql/telemetry.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { signToken } from '../../src/operations/token.ts';
import { ccdb, startCcdb } from '../support/ccdb.ts';
import { isBlocked } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/free-port.ts';
import { connect } from './subscriber.ts';
import { bearer, client, codeOf, jwtSecret, setStage } from './support.ts';

/** What those who run the server rely on. */
type Line = Record<string, unknown>;
const lines: Line[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
const shop = 'https://shop.example';
const { db, server, ours, theirs } = await setStage(t, { log, corsOrigins: [shop] });
const token = await signToken(
  { role: 'member', tenantId: ours.tenantId, subject: ours.ownerSubject },
  jwtSecret,
  '1h',
);
const connections = {
  connectionString: db.urls.DATABASE_API_URL,
  authConnectionString: db.urls.DATABASE_AUTH_URL,
  jwtSecret,
  host: '127.0.0.1',
  port: 0,
  logLevel: 'silent',
};

async function start(t: Test, options: Partial<ServerOptions> = {}) {
  const started = await startServer({ ...connections, ...options });
  let closing: Promise<void> | undefined;
  const close = () => (closing ??= started.close());
  t.teardown(close);
  return { url: started.url, close };
}

const get = (path: string, base = server.url, headers = {}) => fetch(new URL(path, base), { headers });
const post = (body: unknown, headers: Record<string, string> = {}, url = server.url) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const lineOf = async (requestId: string): Promise<Line | undefined> => {
  await eventually(() => lines.some((line) => line.requestId === requestId && line.msg === 'request'));
  return lines.find((line) => line.requestId === requestId && line.msg === 'request');
};

t.test('a request has an id: in the answer, in the log and in audit.log', async (t) => {
  const query = `mutation NewCustomer($name: String) {
    createCustomer(input: { customer: { displayName: $name } }) { customer { id: rowId } }
  }`;
  const body = { query, variables: { name: 'A private name' } };
  const answer = await post(body, { ...bearer(token), 'x-request-id': 'from-the-shop.42' });
  t.equal(answer.headers.get('x-request-id'), 'from-the-shop.42');
  const { data } = (await answer.json()) as { data: { createCustomer: { customer: { id: string } } } };
  const { rows } = await db.installer.query(
    `select request_id from audit.log where table_name = 'customer' and record_key = $1`,
    [data.createCustomer.customer.id],
  );
  t.same(rows, [{ request_id: 'from-the-shop.42' }]);
  t.match(await lineOf('from-the-shop.42'), {
    tenantId: ours.tenantId,
    operation: 'NewCustomer',
    type: 'mutation',
    status: 200,
    outcome: 'ok',
    durationMs: Number,
  });
  const all = JSON.stringify(lines);
  for (const secret of ['A private name', token, jwtSecret]) t.notMatch(all, secret);

  for (const bad of ['with space', 'x'.repeat(200), '{"json"}']) {
    const { headers } = await post(body, { ...bearer(token), 'x-request-id': bad });
    t.match(headers.get('x-request-id'), /^[0-9a-f-]{36}$/);
  }
});

t.test('what fails is logged by its code, and counted', async (t) => {
  const invalid = await post({ query: '{ nothing }' }, { ...bearer(token), 'x-request-id': 'wrong-query' });
  t.equal(invalid.status, 400);
  t.match(await lineOf('wrong-query'), { outcome: 'refused', code: 'INVALID_QUERY', status: 400 });
  const missing = {
    query:
      'mutation { deleteCustomer(input: { rowId: "00000000-0000-4000-8000-000000000000", version: 1 }) { customer { id } } }',
  };
  await post(missing, { ...bearer(token), 'x-request-id': 'no-such-row' });
  t.match(await lineOf('no-such-row'), { outcome: 'refused', code: 'NOT_FOUND', type: 'mutation' });
  await post({ query: '{ __typename }' }, { ...bearer('abc'), 'x-request-id': 'let-me-in' });
  t.match(await lineOf('let-me-in'), { status: 401, code: 'INVALID_SESSION' });
  t.match(
    lines.find(({ msg, requestId }) => msg === 'not let in' && requestId === 'let-me-in'),
    { level: 40, code: 'INVALID_SESSION' },
  );

  const metrics = await get('/metrics');
  t.match(metrics.headers.get('content-type'), 'text/plain');
  const text = await metrics.text();
  for (const series of [
    /^ccdb_graphql_request_duration_seconds_count\{type="mutation",outcome="ok"\} [1-9]/m,
    /^ccdb_graphql_request_duration_seconds_bucket\{le="0.1",type="none",outcome="refused"\} [1-9]/m,
    /^ccdb_graphql_errors_total\{code="NOT_FOUND"\} 1$/m,
    /^ccdb_auth_failures_total\{code="INVALID_SESSION"\} 1$/m,
    /^ccdb_pool_requests_connections [1-9]/m,
    /^ccdb_subscriptions 0$/m,
    /^ccdb_listening 1$/m,
    /^process_resident_memory_bytes/m,
  ]) {
    t.match(text, series);
  }
  t.notMatch(text, ours.tenantId);
});

t.test('a fault is logged with its request, and tells the client nothing', async (t) => {
  await db.installer.query(
    `create or replace function api.has_permission(p_code text) returns boolean language plpgsql stable as
     $$ begin raise exception 'a secret: %', p_code using errcode = 'XX000'; end $$`,
  );
  const body = { query: '{ hasPermission(code: "x") }' };
  const answer = await post(body, { ...bearer(token), 'x-request-id': 'broken' });
  const { errors } = (await answer.json()) as { errors: unknown[] };
  t.match(errors, [{ message: 'something went wrong', extensions: { code: 'INTERNAL' } }]);
  t.match(await lineOf('broken'), { outcome: 'failed', code: 'INTERNAL' });
  t.match(
    lines.find(({ msg, requestId }) => msg === 'fault' && requestId === 'broken'),
    { level: 50, error: { code: 'XX000' } },
  );
});

t.test('no fault quotes in the log what somebody sent', (t) => {
  const about: Line[] = [];
  const telemetry = new Telemetry(
    pino({}, { write: (line: string) => about.push(JSON.parse(line) as Line) }),
  );
  const secret = '+2348000000001';
  telemetry.fault(new GraphQLError(`Int cannot represent non-integer value: ${secret}`));
  telemetry.fault(new SyntaxError(`Unexpected token in ${secret}`));
  t.notMatch(JSON.stringify(about), secret);
  telemetry.fault(new Error('timeout exceeded when trying to connect'));
  t.match(about, [
    { error: { name: 'GraphQLError', stack: [/operations\.test/] } },
    { error: { name: 'SyntaxError', stack: [/operations\.test/] } },
    { error: { name: 'Error', message: /^timeout exceeded/, stack: [/operations\.test/] } },
  ]);
  t.end();
});

t.test('other origins read answers if they are allowed to', async (t) => {
  const preflight = (origin: string) =>
    fetch(server.url, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
  const allowed = await preflight(shop);
  t.equal(allowed.status, 204);
  t.equal(allowed.headers.get('access-control-allow-origin'), shop);
  t.match(allowed.headers.get('access-control-allow-headers'), /authorization/);
  t.equal(allowed.headers.get('access-control-allow-credentials'), null);
  const answer = await post({ query: '{ __typename }' }, { ...bearer(token), origin: shop });
  t.equal(answer.headers.get('access-control-allow-origin'), shop);
  t.equal(answer.headers.get('vary'), 'origin');
  for (const origin of ['https://evil.example', `${shop}.evil.example`, 'null']) {
    t.equal((await preflight(origin)).headers.get('access-control-allow-origin'), null, origin);
    const { headers } = await post({ query: '{ __typename }' }, { ...bearer(token), origin });
    t.equal(headers.get('access-control-allow-origin'), null, origin);
  }
});

t.test('every answer has the headers that browsers mind', async (t) => {
  for (const answer of [
    await post({ query: '{ __typename }' }),
    await get('/healthz'),
    await get('/nowhere'),
  ]) {
    t.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    t.equal(answer.headers.get('cache-control'), 'no-store');
    t.equal(answer.headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'");
    t.ok(answer.headers.get('x-request-id'));
    t.equal(answer.headers.get('x-powered-by'), null);
  }
});

t.test('a body that is too long is refused, announced or not', async (t) => {
  const long = JSON.stringify({ query: '{ __typename }', variables: { long: 'x'.repeat(300_000) } });
  const announced = await post(long, bearer(token));
  t.equal(announced.status, 413);
  t.match(await announced.json(), { errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked', ...bearer(token) };
    const sent = httpRequest(server.url, { method: 'POST', headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.once('error', reject);
    sent.write(long);
  });
  t.equal(status, 413, 'before its end has come');
});

t.test('health and readiness', async (t) => {
  t.same([(await get('/healthz')).status, await (await get('/healthz')).json()], [200, { status: 'ok' }]);
  t.same([(await get('/readyz')).status, await (await get('/readyz')).json()], [200, { status: 'ready' }]);
  const { rows } = await db.installer.query('select * from ccdb.migrations order by id desc limit 1');
  const [{ id, name, run_on, checksum, line_digests }] = rows;
  await db.installer.query('delete from ccdb.migrations where id = $1', [id]);
  const unready = await get('/readyz');
  t.same([unready.status, await unready.json()], [503, { status: 'unready', reason: 'migrations' }]);
  await t.rejects(startServer(connections), {
    name: 'UserError',
    message: `the database lacks migration ${name}: run ccdb up first`,
  });
  await db.installer.query(
    `insert into ccdb.migrations (name, run_on, checksum, line_digests) values ($1, $2, $3, $4)`,
    [name, run_on, checksum, line_digests],
  );

  // As a dump is that was restored without its roles: everything is there, and none of it is anybody's.
  await db.installer.query(
    `revoke usage on schema ccdb from commerce_api; alter schema commerce owner to postgres`,
  );
  const answer = { name: 'UserError', message: /^this database was restored without its roles/ };
  await t.rejects(startServer(connections), answer);
  await t.rejects(migrateUp({ connectionString: db.urls.DATABASE_URL }), answer, 'and up says the same');
  await db.installer.query(
    `grant usage on schema ccdb to commerce_api; alter schema commerce owner to commerce_owner`,
  );

  // Or without one of them: what named it is not there, for no role.
  const rename = (from: string, to: string) =>
    db.installer.query(
      `do $$
       declare v_table regclass;
       begin
         for v_table in select p.polrelid from pg_policy as p where p.polname = '${from}' loop
           execute format('alter policy ${from} on %s rename to ${to}', v_table);
         end loop;
       end $$`,
    );
  await rename('tenant', 'other');
  await t.rejects(startServer(connections), answer);
  await rename('other', 'tenant');

  const { url, close } = await start(t, { metricsToken: 'a token of Prometheus' });
  t.equal((await get('/metrics', url)).status, 401);
  t.equal((await get('/metrics', url, bearer('a token of Prometheus'))).status, 200);
  await close();
  await t.rejects(get('/healthz', url));
});

t.test('a busy server is ready all the same, and works for nobody who has gone', async (t) => {
  const { url } = await start(t, { poolSize: 1 });
  const blocker = await db.installer.connect();
  await blocker.query('begin; lock table commerce.currency');
  const gone = new AbortController();
  const query = `{ ${Array.from({ length: 20 }, (_, i) => `a${i}: currencies(first: ${i + 1}) { nodes { name } }`).join(' ')} }`;
  const lost = fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...bearer(token) },
    body: JSON.stringify({ query }),
    signal: gone.signal,
  });
  t.ok(await eventually(() => isBlocked(db, '%currenc%')));
  t.equal((await get('/readyz', url)).status, 200);
  gone.abort();
  await t.rejects(lost);
  await db.installer.query(
    `select pg_cancel_backend(pid) from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%currenc%'`,
  );
  // The others would each wait for the lock, on the only connection.
  const next = await client(url, bearer(token))('{ products(first: 1) { nodes { id } } }');
  t.equal(next.data.products.nodes.length, 1, 'the next one is served');
  await blocker.query('rollback');
  blocker.release();
});

t.test('nothing of a request outlasts it', async (t) => {
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  const before = timers();
  const ask = client(server.url, bearer(token));
  for (let n = 0; n < 50; n += 1) await ask('{ __typename }');
  t.ok(await eventually(() => timers() < before + 25), 'its deadline ends with it');
});

t.test('a login that opens no sessions is refused at the start', async (t) => {
  await t.rejects(startServer({ ...connections, authConnectionString: db.urls.DATABASE_API_URL }), {
    message: 'DATABASE_AUTH_URL is for commerce_auth; commerce_api is not the login for sessions',
  });
  await t.rejects(
    startServer({ ...connections, authConnectionString: db.urls.DATABASE_AUTH_URL.replace(/:\d+\//, ':1/') }),
    { message: /^cannot connect to the database for sessions \(DATABASE_AUTH_URL\): / },
  );
});

t.test('neither a superuser answers requests nor a stranger listens', async (t) => {
  await t.rejects(startServer({ ...connections, connectionString: db.urls.DATABASE_URL }), {
    message: /^DATABASE_API_URL is for commerce_api; \w+ is not the login for requests$/,
  });
  const stranger = db.urls.DATABASE_API_URL.replace('commerce_api', 'nobody');
  await t.rejects(startServer({ ...connections, listenConnectionString: stranger }), {
    message: /^cannot listen for notifications \(DATABASE_LISTEN_URL\): /,
  });
});

t.test('connections that are reset at an upgrade cost nobody else', async (t) => {
  const { port } = new URL(server.url);
  for (let n = 0; n < 200; n += 1) {
    await new Promise<void>((resolve) => {
      const socket = createConnection(Number(port), '127.0.0.1', () => {
        socket.write(
          `GET /${n % 2 ? 'graphql' : 'x'} HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
          () => setTimeout(() => socket.resetAndDestroy(), n % 5),
        );
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
  }
  t.equal((await get('/healthz')).status, 200);
  const other = await new Promise<number | undefined>((resolve) => {
    httpRequest(new URL('/healthz', server.url), {
      headers: { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' },
    })
      .on('response', (response) => resolve(response.resume().statusCode))
      .end();
  });
  t.equal(other, 200, 'another protocol is not spoken');
});

t.test('a client that does not wait is recognisable in the log', async (t) => {
  const { port } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = createConnection(Number(port), '127.0.0.1', () => {
      socket.write(
        'POST /graphql HTTP/1.1\r\nHost: a\r\nX-Request-Id: gone\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"que',
        () => setTimeout(() => socket.destroy(), 50),
      );
    });
    socket.on('close', () => resolve());
  });
  t.match(await lineOf('gone'), { status: 499, code: 'CLIENT_GONE', outcome: 'refused' });
});

t.test('queries that are all different do not fill the memory', async (t) => {
  const serve = startCcdb(['serve', '--port', String(await freePort())], {
    DATABASE_API_URL: db.urls.DATABASE_API_URL,
    DATABASE_AUTH_URL: db.urls.DATABASE_AUTH_URL,
    JWT_SECRET: jwtSecret,
    // Half of what the plans of these would take.
    NODE_OPTIONS: '--max-old-space-size=640',
  });
  const url = await serve.seen(/"url":"([^"]+)"/);
  const ask = client(url, bearer(token));
  const columns = 'id name price currencyCode sku isActive createdAt seller { id businessName slug }';
  for (let n = 0; n < 160; n += 1) {
    const roots = Array.from(
      { length: 30 },
      (_, i) => `a${n}_${i}: products(first: 1) { nodes { ${columns} } }`,
    );
    const { status } = await ask(`{ ${roots.join(' ')} }`);
    if (status !== 200) t.equal(status, 200);
  }
  serve.child.kill('SIGTERM');
  t.match(await serve.ended, { code: 0 });
});

t.test('a server that stops finishes what it has begun', async (t) => {
  const { url, close } = await start(t);
  await db.installer.query(
    `create or replace function api.has_permission(p_code text) returns boolean language plpgsql stable as
     $$ begin perform pg_advisory_xact_lock_shared(4711); return true; end $$`,
  );
  const gate = await db.installer.connect();
  await gate.query('select pg_advisory_lock(4711)');
  const connection = connect(url, token);
  const stream = connection.subscribe('subscription { messageAdded { cursor } }');
  const slow = client(url, bearer(token))('{ hasPermission(code: "x") }');
  await eventually(async () => {
    const { rows } = await db.installer.query(
      `select from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`,
    );
    return rows.length > 0;
  });
  const closed = close();
  t.match(
    await connection.closed,
    { code: 1001 },
    'sockets are closed with the code that asks for another server',
  );
  t.same(stream.errors, []);
  await t.rejects(get('/healthz', url), 'nobody else is let in');
  await gate.query('select pg_advisory_unlock(4711)');
  gate.release();
  t.same((await slow).data, { hasPermission: true });
  await closed;
});

t.test('with persisted operations nothing else runs', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'operations-'));
  t.teardown(() => rm(folder, { recursive: true }));
  const operation = 'query Products { products(first: 1) { nodes { id } } }';
  await writeFile(join(folder, 'products.graphql'), operation);
  const { url } = await start(t, { persistedOperationsFolder: folder });
  const hash = createHash('sha256').update(operation).digest('hex');
  const named = [
    { documentId: hash },
    { documentId: `sha256:${hash}` },
    { id: hash },
    { extensions: { persistedQuery: { sha256Hash: hash } } },
  ];
  for (const body of named) {
    const answer = await post(body, bearer(token), url);
    t.match(await answer.json(), { data: { products: { nodes: [{}] } } });
    t.equal((await post(body, {}, url)).status, 403, 'a visitor of nowhere');
    t.equal((await post(body, bearer('abc'), url)).status, 401);
  }
  for (const body of [
    { query: operation },
    { documentId: 'x', query: operation },
    { documentId: '__proto__' },
  ]) {
    const answer = await post(body, bearer(token), url);
    t.equal(answer.status, 400);
    t.match(await answer.json(), { errors: [{ extensions: { code: 'INVALID_REQUEST' } }] });
  }
  await t.rejects(start(t, { persistedOperationsFolder: join(folder, 'none') }), { name: 'UserError' });
});

t.test("ccdb persist makes the folder from what a client's tool writes", async (t) => {
  const folder = t.testdir({
    'codegen.json': JSON.stringify({ '0123456789abcdef0123': '{ me { role } }' }),
    'apollo.json': JSON.stringify({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'fedcba9876543210', name: 'Me', type: 'query', body: 'query Me { me { role permissions } }' },
      ],
    }),
    'other.json': JSON.stringify({ '0123456789abcdef0123': '{ me { teamRole } }' }),
    'empty.json': '{}',
    'odd.json': JSON.stringify({ '../../outside-of-here': '{ me { role } }' }),
    'broken.json': '{',
  });
  const operations = join(folder, 'operations');
  const persist = (manifest: string) => ccdb(['persist', join(folder, manifest), operations], {});
  t.match(await persist('codegen.json'), { code: 0, stdout: /^1 operations, 1 of them new/ });
  t.match(await persist('apollo.json'), { code: 0, stdout: /^1 operations, 1 of them new/ });
  t.match(await persist('codegen.json'), { code: 0, stdout: /^1 operations, 0 of them new/ });
  for (const [manifest, words] of [
    ['other.json', /is another operation/],
    ['empty.json', /there are no operations/],
    ['odd.json', /has no operations by their ids/],
    ['broken.json', /is not JSON/],
    ['missing.json', /cannot read/],
  ] as const) {
    t.match(await persist(manifest), { code: 1, stderr: words });
  }
  const { url } = await start(t, { persistedOperationsFolder: operations });
  for (const body of [
    { documentId: '0123456789abcdef0123' },
    { documentId: 'sha1:0123456789abcdef0123' },
    { extensions: { persistedQuery: { sha256Hash: 'fedcba9876543210' } } },
  ]) {
    t.match(await (await post(body, bearer(token), url)).json(), { data: { me: { role: 'member' } } });
  }
});

t.test('claims may have other names', async (t) => {
  const { SignJWT } = await import('jose');
  const claims = { tenant: 'https://shop.example/tenant', role: 'app.role', subject: 'app.person' };
  const { url } = await start(t, { claims });
  const named = await new SignJWT({
    'https://shop.example/tenant': ours.tenantId,
    app: { role: 'member', person: ours.ownerSubject },
  })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(jwtSecret));
  t.equal((await client(url, bearer(named))('{ products(first: 1) { nodes { id } } }')).status, 200);
  const wrongTenant = await signToken(
    { role: 'member', tenantId: theirs.tenantId, subject: ours.ownerSubject },
    jwtSecret,
    '1h',
  );
  const answer = await client(server.url, bearer(wrongTenant))('{ products { nodes { id } } }');
  t.same([answer.status, codeOf(answer)], [401, 'INVALID_SESSION'], 'the tenant of somebody else');
});

t.test('settings: one line for each fault', async (t) => {
  const good = { DATABASE_URL: 'postgres://owner@127.0.0.1/shop', JWT_SECRET: 'x'.repeat(32) };
  t.match(readSettings(good), { jwtSecret: good.JWT_SECRET, corsOrigins: [], issuer: [] });
  t.match(
    readSettings({
      ...good,
      CORS_ORIGINS: `${shop}, https://b.example`,
      JWT_AUDIENCE: 'a,b',
      JWT_CLAIM_TENANT: 'org',
    }),
    {
      corsOrigins: [shop, 'https://b.example'],
      audience: ['a', 'b'],
      claims: { tenant: 'org', role: 'role' },
    },
  );
  const bad = {
    JWT_SECRET: 'short',
    JWKS_URL: 'http://id.example/keys',
    JWT_ALGORITHMS: 'HS256,none',
    CORS_ORIGINS: 'shop.example',
    DATABASE_POOL_SIZE: '0',
    LOG_LEVEL: 'loud',
    METRICS_TOKEN: 'short',
  };
  const message = await readAll(bad);
  const faults = message.split('\n');
  for (const name of ['DATABASE_API_URL', 'DATABASE_AUTH_URL', ...Object.keys(bad)]) {
    t.ok(
      faults.some((line) => line.includes(name)),
      name,
    );
  }
  t.notMatch(message, /short|loud/, 'secrets are not repeated');
  t.equal(
    await readAll({ ...good, JWT_SECRET: undefined }),
    'set JWT_SECRET or JWKS_URL: tokens could not be verified without one',
  );

  async function readAll(env: NodeJS.ProcessEnv): Promise<string> {
    try {
      readSettings(env);
      return '';
    } catch (error) {
      return (error as Error).message;
    }
  }
});

t.test("graphql-http's audit finds no error", async (t) => {
  // It asks for the schema, which production does not show.
  const { url } = await start(t, { development: {} });
  const audits = serverAudits({
    url,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...bearer(token) } }),
  });
  t.ok(audits.length > 50);
  const results = await Promise.all(audits.map((audit) => audit.fn()));
  const errors = results.filter(({ status }) => status === 'error');
  t.same(
    errors.map(({ name }) => name),
    [],
  );
});
