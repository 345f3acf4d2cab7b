/**
 * What the package costs beside the same statements sent by hand with pg, as ratios of time:
 *   npm run -s with-database -- --seed node bench/tenant_transaction.ts
 * Both sides take turns in short batches, so that what else the machine does hits both alike.
 */
import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';

const rounds = 40;
const batch = 250;

const { DATABASE_URL, DATABASE_API_URL = '', DATABASE_AUTH_URL = '' } = process.env;
const installer = new pg.Client({ connectionString: DATABASE_URL });
await installer.connect();
const { rows } = await installer.query(`select id from commerce.tenant where domain = 'demo-1.example'`);
await installer.end();
const owner = { tenantId: rows[0]?.id as string, subject: 'demo-owner-1', role: 'member' } as const;

const connections = { connectionString: DATABASE_API_URL, authConnectionString: DATABASE_AUTH_URL };
const db = createDatabase({ ...connections, maxConnections: 1 });
const pool = new pg.Pool({ connectionString: DATABASE_API_URL, max: 1 });

const { productId, sessionId } = await db.withTenant(owner, async (tx) => ({
  productId: (await tx.run(listProducts, { first: 1 }))[0]?.id ?? '',
  sessionId: tx.session.id,
}));

// The text that getProduct sends, as the driver gets it.
const sent = { text: '', values: [] as unknown[] };
await getProduct.run(
  { tenantId: owner.tenantId, productId },
  {
    query: async (text, values) => {
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / batch / 1000;
}

async function repeat(work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < batch; i++) await work();
}

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Prints the median time of one on each side in microseconds, and the median of the rounds' ratios. */
async function compare(
  name: string,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<void> {
  const pairs: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // Who goes first alternates.
    const first = round % 2 === 0 ? await ours() : await theirs();
    const second = round % 2 === 0 ? await theirs() : await ours();
    if (round >= rounds / 8)
      pairs.push(round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first });
  }
  const us = (side: 'ours' | 'theirs') => median(pairs.map((pair) => pair[side])).toFixed(0);
  const ratio = median(pairs.map((pair) => pair.ours / pair.theirs)).toFixed(2);
  console.log(`${name}: ${us('ours')} µs, by hand ${us('theirs')} µs, ratio ${ratio}`);
}

await compare(
  'withTenant, one query',
  () => timed(() => repeat(() => db.withTenant(owner, (tx) => tx.run(getProduct, { productId })))),
  () => timed(() => repeat(() => byHand((client) => client.query(sent)))),
);
await compare(
  'tx.run in an open transaction',
  () => db.withTenant(owner, (tx) => timed(() => repeat(() => tx.run(getProduct, { productId })))),
  async () => {
    let time = 0;
    await byHand(async (client) => {
      time = await timed(() => repeat(() => client.query(sent)));
    });
    return time;
  },
);
await Promise.all([db.close(), pool.end()]);
