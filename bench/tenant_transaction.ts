/**
 * The package's throughput beside that of the same statements sent by hand with pg, one at a time and
 * ten at once; 0.95 at least, or it fails:
 *   npm run -s with-database -- --seed node bench/tenant_transaction.ts
 * Both sides take turns in short rounds, so that what else the machine does hits both alike; the median of the
 * rounds' ratios counts.
 */
import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';

const least = 0.95;
const rounds = 200;
/** Queries in a round. */
const batch = 200;

const { DATABASE_URL, DATABASE_API_URL = '', DATABASE_AUTH_URL = '' } = process.env;
const installer = new pg.Client({ connectionString: DATABASE_URL });
await installer.connect();
const { rows } = await installer.query(`select id from commerce.tenant where domain = 'demo-1.example'`);
await installer.end();
const owner = { tenantId: rows[0]?.id as string, subject: 'demo-owner-1', role: 'member' } as const;

const db = createDatabase({ connectionString: DATABASE_API_URL, authConnectionString: DATABASE_AUTH_URL });
const pool = new pg.Pool({ connectionString: DATABASE_API_URL, max: 10 });

const { productId, sessionId } = await db.withTenant(owner, async (tx) => ({
  productId: (await tx.run(listProducts, { first: 1 }))[0]?.id ?? '',
  sessionId: tx.session.id,
}));

// The text that getProduct sends, as the driver gets it.
const sent = { text: '', values: [] as unknown[] };
await getProduct.run(
  { tenantId: owner.tenantId, productId },
  {
    query: async ({ text, values }) => {
      Object.assign(sent, { text, values });
      return { rows: [], rowCount: 0 };
    },
  },
);

const enter = `select set_config('role', $1, true), set_config('commerce.session', $2, true),
                      set_config('commerce.request_id', $3, true)`;

async function byHand(work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await pool.connect();
  await client.query('begin');
  await client.query(enter, ['commerce_member', sessionId, 'bench']);
  await work(client);
  await client.query('commit');
  client.release();
}

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i++) await work();
}

/** Microseconds of one query where so many connections share a round. */
type Side = (connections: number) => Promise<number>;

async function timed(connections: number, loop: (times: number) => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await Promise.all(Array.from({ length: connections }, () => loop(batch / connections)));
  return Number(process.hrtime.bigint() - start) / batch / 1000;
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function compare(name: string, ours: Side, theirs: Side): Promise<void> {
  for (const connections of [1, 10]) {
    const times: { ours: number; theirs: number }[] = [];
    for (let round = 0; round < rounds; round++) {
      // Who goes first alternates.
      const first = round % 2 === 0 ? await ours(connections) : undefined;
      const second = await theirs(connections);
      times.push({ ours: first ?? (await ours(connections)), theirs: second });
    }
    const us = (side: 'ours' | 'theirs') => median(times.map((time) => time[side])).toFixed(0);
    const ratio = median(times.map((time) => time.theirs / time.ours));
    console.log(
      `${name}, ${connections} at once: ${us('ours')} µs, by hand ${us('theirs')} µs, throughput ${ratio.toFixed(2)}`,
    );
    if (ratio < least) process.exitCode = 1;
  }
}

const send = (client: pg.PoolClient) => client.query(sent.text, sent.values);

await compare(
  'withTenant, one query',
  (connections) =>
    timed(connections, (times) =>
      repeat(times, () => db.withTenant(owner, (tx) => tx.run(getProduct, { productId }))),
    ),
  (connections) => timed(connections, (times) => repeat(times, () => byHand(send))),
);
await compare(
  'tx.run in an open transaction',
  (connections) =>
    timed(connections, (times) =>
      db.withTenant(owner, (tx) => repeat(times, () => tx.run(getProduct, { productId }))),
    ),
  (connections) => timed(connections, (times) => byHand((client) => repeat(times, () => send(client)))),
);
await Promise.all([db.close(), pool.end()]);
