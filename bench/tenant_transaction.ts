/**
 * The package's throughput beside that of the same statements sent by hand with pg; 0.95 at least, or it fails:
 *   npm run -s with-database -- --seed node bench/tenant_transaction.ts
 * Both sides take turns in short batches, and the faster quarter of them counts: on a busy machine, what else it
 * does hits both alike, and the least then.
 */
import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';

const rounds = 600;
const batch = 20;

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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / batch / 1000;
}

async function repeat(work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < batch; i++) await work();
}

/** What the faster quarter takes at most. */
const quartile = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 2] ?? Number.NaN;

const least = 0.95;

/** Prints the time of one on each side in microseconds, and the ratio of throughput. */
async function compare(
  name: string,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<void> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    // Who goes first alternates.
    if (round % 2 === 0) times.ours.push(await ours());
    times.theirs.push(await theirs());
    if (round % 2 === 1) times.ours.push(await ours());
  }
  const [us, them] = [quartile(times.ours), quartile(times.theirs)];
  console.log(
    `${name}: ${us.toFixed(0)} µs, by hand ${them.toFixed(0)} µs, throughput ${(them / us).toFixed(2)}`,
  );
  if (them / us < least) process.exitCode = 1;
}

async function timedByHand(query: pg.QueryConfig): Promise<number> {
  let time = 0;
  await byHand(async (client) => {
    time = await timed(() => repeat(() => client.query(query)));
  });
  return time;
}

const timedOpen = (): Promise<number> =>
  db.withTenant(owner, (tx) => timed(() => repeat(() => tx.run(getProduct, { productId }))));

await compare(
  'withTenant, one query',
  () => timed(() => repeat(() => db.withTenant(owner, (tx) => tx.run(getProduct, { productId })))),
  () => timed(() => repeat(() => byHand((client) => client.query(sent)))),
);
await compare('tx.run in an open transaction', timedOpen, () => timedByHand(sent));
// What leaving statements without a name costs; why they have none is in docs/decisions/typed-access.md.
const named = await timedByHand({ ...sent, name: 'get_product' });
console.log(`the same as a named statement: ${named.toFixed(0)} µs`);
await Promise.all([db.close(), pool.end()]);
