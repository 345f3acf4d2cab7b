/**
 * What it costs that a connection is cleaned after an application's own text: transactions of one `tx.sql` beside
 * those of the same statement as a generated query, one at a time on one connection, and ten at once on ten:
 *   npm run -s with-database -- --seed node bench/own_text.ts
 * Both sides take turns in short rounds; the medians of the rounds count.
 */
import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';

const rounds = 60;
/** Transactions in a round. */
const batch = 50;

const { DATABASE_URL, DATABASE_API_URL = '', DATABASE_AUTH_URL = '' } = process.env;
const installer = new pg.Client({ connectionString: DATABASE_URL });
await installer.connect();
const { rows } = await installer.query(`select id from commerce.tenant where domain = 'demo-1.example'`);
await installer.end();
const owner = { tenantId: rows[0]?.id as string, subject: 'demo-owner-1', role: 'member' } as const;

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

for (const connections of [1, 10]) {
  const db = createDatabase({
    connectionString: DATABASE_API_URL,
    authConnectionString: DATABASE_AUTH_URL,
    maxConnections: connections,
  });
  const productId = await db.withTenant(
    owner,
    async (tx) => (await tx.run(listProducts, { first: 1 }))[0]?.id ?? '',
  );
  const { text, values } = getProduct.statement({ tenantId: owner.tenantId, productId });
  const sides = {
    generated: () => db.withTenant(owner, (tx) => tx.run(getProduct, { productId })),
    own: () => db.withTenant(owner, (tx) => tx.sql(text, values)),
  };
  const microseconds: Record<keyof typeof sides, number[]> = { generated: [], own: [] };
  for (let round = 0; round < rounds; round++) {
    for (const [name, transaction] of Object.entries(sides)) {
      const start = performance.now();
      const loop = async () => {
        for (let i = 0; i < batch / connections; i++) await transaction();
      };
      await Promise.all(Array.from({ length: connections }, loop));
      microseconds[name as keyof typeof sides].push(((performance.now() - start) / batch) * 1000);
    }
  }
  const [generated, own] = [median(microseconds.generated), median(microseconds.own)];
  console.log(
    `${connections} at once: generated ${generated.toFixed(0)} µs, own text ${own.toFixed(0)} µs, ratio ${(own / generated).toFixed(2)}`,
  );
  await db.close();
}
