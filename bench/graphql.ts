/**
 * GraphQL beside the same SQL sent by hand with pg from a plain Node HTTP server, and beside the floor: such a server
 * that sends one prepared statement without authentication, transaction, session or row-level security. Requests per
 * second, p99 and ratios, and memory after many requests:
 *   npm run -s with-database -- --seed node bench/graphql.ts [--seconds 3] [--rounds 3] [--memory 100000]
 * Each server is a process of its own, and so is the client; the sides take turns.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { demoMerchants } from '../src/operations/seed-demo.ts';
import { signToken } from '../src/operations/token.ts';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    memory: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '1,20,200' },
    only: { type: 'string' },
  },
});
const { DATABASE_URL, DATABASE_API_URL = '', DATABASE_AUTH_URL = '', DATABASE_WORKER_URL = '' } = process.env;
const jwtSecret = 'a secret of the benchmark, long enough';
const poolSize = 10;

/** One operation, as GraphQL and as the statement that answers the same; floor is how it reads the tables themselves. */
type Case = {
  query: string;
  variables: Record<string, unknown>;
  sql: string;
  values: unknown[];
  floor?: string;
};

async function findCases(tenantId: string): Promise<Record<string, Case>> {
  const client = new pg.Client({ connectionString: DATABASE_URL });
  await client.connect();
  const one = async (sql: string): Promise<string> => (await client.query(sql, [tenantId])).rows[0].id;
  const orderId = await one(
    'select order_id as id from commerce.order_items where tenant_id = $1 group by 1 order by count(*) desc limit 1',
  );
  const customerId = await one('select id from commerce.buyer_profile where tenant_id = $1 limit 1');
  const productId = await one(
    'select id from commerce.products where tenant_id = $1 and is_active and inventory_count > 5 and not is_deleted limit 1',
  );
  // Enough of it for every order of the benchmark.
  await client.query(
    `alter table commerce.products disable trigger user;
     update commerce.products set inventory_count = 100000000 where id = '${productId}';
     alter table commerce.products enable trigger user`,
  );
  await client.end();
  return {
    'product list': {
      query: `{ products(first: 20) { nodes { id name price currencyCode inventoryCount version } } }`,
      variables: {},
      sql: products('api.products where tenant_id = $1'),
      floor: products('commerce.products where tenant_id = $1 and not is_deleted'),
      values: [tenantId],
    },
    'one product': {
      query: `query ($id: ID!) { product(id: $id) { id name price currencyCode inventoryCount version } }`,
      variables: { id: productId },
      sql: products('api.products where tenant_id = $1 and id = $2'),
      floor: products('commerce.products where tenant_id = $1 and id = $2 and not is_deleted'),
      values: [tenantId, productId],
    },
    'order list': {
      query: `{ orders(first: 20) { nodes { id orderNumber status totalAmount currencyCode placedAt } } }`,
      variables: {},
      sql: orders('api.orders where tenant_id = $1'),
      floor: orders('commerce.orders where tenant_id = $1 and not is_deleted'),
      values: [tenantId],
    },
    'order with items': {
      query: `query ($id: ID!) { order(id: $id) {
                id orderNumber status totalAmount customer { displayName }
                items(first: 50) { nodes { quantity unitPrice productName product { name } } } } }`,
      variables: { id: orderId },
      sql: `select json_build_object('id', o.id, 'orderNumber', o.order_number, 'status', o.status,
                     'totalAmount', o.total_amount::text, 'customer', c.display_name, 'items', (
                       select json_agg(json_build_object('quantity', i.quantity, 'unitPrice', i.unit_price::text,
                                'productName', i.product_name, 'product', p.name) order by i.id)
                         from api.order_items as i
                         left join api.products as p on p.tenant_id = i.tenant_id and p.id = i.product_id
                        where i.tenant_id = o.tenant_id and i.order_id = o.id)) as data
              from api.orders as o
              join api.customer as c on c.tenant_id = o.tenant_id and c.id = o.customer_id
             where o.tenant_id = $1 and o.id = $2`,
      values: [tenantId, orderId],
    },
    'inbox page': {
      query: `{ conversationThreads(first: 20, condition: { status: open }, orderBy: LAST_MESSAGE_AT_DESC) {
                nodes { customer { displayName } channel { channelType } lastMessage { text } unreadCount } } }`,
      variables: {},
      sql: `select json_agg(i) as data from (
              select customer_name, channel_type, last_message, unread_count
                from api.conversation_inbox
               where tenant_id = $1 and status = 'open' order by last_message_at desc, id desc limit 20) as i`,
      values: [tenantId],
    },
    'place order': {
      query: `mutation ($key: String!, $lines: [PlaceOrderLineInput!], $customerId: UUID!) {
                placeOrder(input: { idempotencyKey: $key, channel: whatsapp, lines: $lines, customerId: $customerId }) {
                  orders { id orderNumber status totalAmount } } }`,
      variables: { key: 'KEY', lines: [{ productId, quantity: 1 }], customerId },
      sql: `select json_agg(json_build_object('id', o.id, 'orderNumber', o.order_number, 'status', o.status,
                     'totalAmount', o.total_amount::text)) as data
              from api.place_order(p_idempotency_key => $1, p_channel => 'whatsapp', p_lines => $2::jsonb,
                     p_customer_id => $3) as o`,
      values: ['KEY', JSON.stringify([{ product_id: productId, quantity: 1 }]), customerId],
    },
  };
}

const products = (of: string) =>
  `select json_agg(p) as data from (
     select id, name, price::text, currency_code, inventory_count, version from ${of} order by id limit 20) as p`;

const orders = (of: string) =>
  `select json_agg(o) as data from (
     select id, order_number, status, total_amount::text, currency_code, placed_at from ${of} order by id limit 20) as o`;

let keys = 0;
const freshKey = (text: string): string => text.replace('"KEY"', `"bench ${process.pid} ${keys++}"`);

/** Runs the statement of a request on a connection. */
type Answer = (client: pg.PoolClient, statement: pg.QueryConfig) => Promise<pg.QueryResult>;

const inSession =
  (sessionId: string): Answer =>
  async (client, statement) => {
    await client.query('begin');
    await client.query(
      `select set_config('role', $1, true), set_config('commerce.session', $2, true),
              set_config('commerce.request_id', $3, true), set_config('statement_timeout', $4, true),
              set_config('jit', 'off', true)`,
      ['commerce_member', sessionId, 'bench', '10000'],
    );
    const result = await client.query(statement);
    await client.query('commit');
    return result;
  };

/** The plainest server that could answer: a request's statement and its JSON. */
async function servePlainly(connectionString: string | undefined, answer: Answer): Promise<string> {
  const pool = new pg.Pool({ connectionString, max: poolSize });
  const server = createServer(async (incoming, response) => {
    const text = (await incoming.setEncoding('utf8').toArray()).join('');
    const { name, sql, values } = JSON.parse(text);
    const client = await pool.connect();
    try {
      const { rows } = await answer(client, { name, text: sql, values });
      const body = JSON.stringify({ data: rows[0].data });
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
      client.release();
    } catch (error) {
      response.writeHead(500).end(JSON.stringify({ errors: [String(error)] }));
      client.release(true);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function serveGraphql(): Promise<string> {
  const { startServer } = await import('../src/graphql/server.ts');
  const { url } = await startServer({
    connectionString: DATABASE_API_URL,
    authConnectionString: DATABASE_AUTH_URL,
    jwtSecret,
    host: '127.0.0.1',
    port: 0,
    poolSize,
    logLevel: process.env.LOG_LEVEL ?? 'info',
  });
  return url;
}

type Result = { perSecond: number; p99: number };

/** Sends the same request over so many connections for a while, or so many times. */
async function load(
  url: string,
  headers: Record<string, string>,
  body: string,
  { connections, until }: { connections: number; until: (sent: number) => boolean },
): Promise<Result> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let sent = 0;
  const once = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const payload = freshKey(body);
      const outgoing = request(
        url,
        { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(payload) } },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            if (response.statusCode !== 200 || text.includes('"errors"')) reject(new Error(text));
            times.push(performance.now() - started);
            resolve();
          });
        },
      );
      outgoing.on('error', reject);
      outgoing.end(payload);
    });
  const started = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (!until(sent++)) await once();
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN };
}

const seconds = (count: number) => {
  const end = performance.now() + count * 1000;
  return () => performance.now() > end;
};

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

type Side = { child: ChildProcess; url: string };

function startSide(kind: string, ...args: string[]): Promise<Side> {
  const child = fork(new URL(import.meta.url), [kind, ...args], {
    // As `ccdb serve` starts.
    execArgv: ['--expose-gc', '--max-semi-space-size=8'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve) => child.once('message', (url) => resolve({ child, url: String(url) })));
}

function memoryOf({ child }: Side): Promise<{ rss: number; heap: number }> {
  return new Promise((resolve) => {
    child.once('message', (usage) => resolve(usage as { rss: number; heap: number }));
    child.send('memory');
  });
}

async function main(): Promise<void> {
  const [merchant] = await demoMerchants(DATABASE_WORKER_URL);
  if (merchant === undefined) throw new Error('run it with demo data: --seed');
  const { tenantId, ownerSubject: subject } = merchant;
  const cases = await findCases(tenantId);
  const token = await signToken({ role: 'member', tenantId, subject }, jwtSecret, '12h');
  const auth = new pg.Client({ connectionString: DATABASE_AUTH_URL });
  await auth.connect();
  const { rows } = await auth.query(`select session_id from internal.open_session($1, 'member', null, $2)`, [
    tenantId,
    subject,
  ]);
  await auth.end();
  const [graphql, byHand, floor] = await Promise.all([
    startSide('graphql'),
    startSide('by-hand', rows[0].session_id),
    startSide('floor'),
  ]);
  const json = { 'content-type': 'application/json' };
  const headers = { ...json, authorization: `Bearer ${token}` };

  const installer = new pg.Client({ connectionString: DATABASE_URL });
  await installer.connect();
  for (const [name, { query, variables, sql, values, floor: onTables }] of Object.entries(cases)) {
    if (flags.only !== undefined && flags.only !== name) continue;
    const sides = {
      ours: [graphql.url, headers, JSON.stringify({ query, variables })],
      'by hand': [byHand.url, json, JSON.stringify({ name, sql, values })],
      ...(onTables && { floor: [floor.url, json, JSON.stringify({ name, sql: onTables, values })] }),
    } as Record<string, [url: string, headers: Record<string, string>, body: string]>;
    for (const connections of flags.connections.split(',').map(Number)) {
      const rounds: Record<string, Result>[] = [];
      for (let round = 0; round <= Number(flags.rounds); round++) {
        // Orders of a second fill tables that were nearly empty; autovacuum would come in the middle.
        await installer.query('vacuum analyze');
        const results: Record<string, Result> = {};
        // The first round warms up.
        const until = () => seconds(round === 0 ? 1 : Number(flags.seconds));
        for (const [side, request] of Object.entries(sides))
          results[side] = await load(...request, { connections, until: until() });
        if (round > 0) rounds.push(results);
      }
      const of = (side: string, what: keyof Result) =>
        median(rounds.map((results) => results[side]?.[what] ?? Number.NaN));
      const against = (side: string) =>
        median(rounds.map(({ ours, [side]: theirs }) => (ours?.perSecond ?? 0) / (theirs?.perSecond ?? 0)));
      console.log(
        `${name}, ${connections} connections: ${Object.keys(sides)
          .map(
            (side) => `${side} ${of(side, 'perSecond').toFixed(0)}/s, p99 ${of(side, 'p99').toFixed(1)} ms`,
          )
          .join('; ')}; ratio ${Object.keys(sides)
          .filter((side) => side !== 'ours')
          .map((side) => `${against(side).toFixed(2)} of ${side}`)
          .join(', ')}`,
      );
    }
  }

  await installer.end();

  const most = Number(flags.memory);
  const [{ query, variables }] = [cases['product list'] as Case];
  for (let done = 0; done <= most; done += most / 5) {
    const { rss, heap } = await memoryOf(graphql);
    console.log(`memory after ${done} requests: ${heap} MB of heap in use, ${rss} MB resident`);
    if (done === most) break;
    await load(graphql.url, headers, JSON.stringify({ query, variables }), {
      connections: 20,
      until: (sent) => sent >= most / 5,
    });
  }
  graphql.child.disconnect();
  byHand.child.disconnect();
  floor.child.disconnect();
}

const [kind, sessionId = ''] = positionals;
if (kind === undefined) await main();
else {
  process.on('disconnect', () => process.exit());
  process.on('message', () => {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send?.({ rss: Math.round(rss / 2 ** 20), heap: Math.round(heapUsed / 2 ** 20) });
  });
  const serve = {
    graphql: serveGraphql,
    'by-hand': () => servePlainly(DATABASE_API_URL, inSession(sessionId)),
    floor: () => servePlainly(DATABASE_URL, (client, statement) => client.query(statement)),
  };
  process.send?.(await serve[kind as keyof typeof serve]());
}
