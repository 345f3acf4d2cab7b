import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';
import type { Figure, Measured } from './report.ts';
import type { Stage } from './stage.ts';

const rounds = Number(process.env.ROUNDS ?? 50);
/** Queries in a round. */
const batch = Number(process.env.BATCH ?? 100);

const enter = `select set_config('role', $1, true), set_config('commerce.session', $2, true),
                      set_config('commerce.request_id', $3, true)`;

async function repeat(times: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < times; i += 1) await work();
}

async function milliseconds(connections: number, work: (times: number) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, () => work(batch / connections)));
  return performance.now() - began;
}

type Way = (times: number) => Promise<unknown>;

/** Throughput of one way as a multiple of the other's, in rounds in which they take turns. */
async function compare(connections: number, ours: Way, theirs: Way): Promise<number[]> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0 ? await milliseconds(connections, ours) : undefined;
    const second = await milliseconds(connections, theirs);
    ratios.push(second / (first ?? (await milliseconds(connections, ours))));
  }
  return ratios;
}

export const benchmark = {
  title: 'Typed queries',
  async run({ urls, tenantId, ownerSubject }: Stage): Promise<Measured> {
    const owner = { tenantId, subject: ownerSubject, role: 'member' } as const;
    const db = createDatabase({
      connectionString: urls.DATABASE_API_URL,
      authConnectionString: urls.DATABASE_AUTH_URL,
    });
    const pool = new pg.Pool({ connectionString: urls.DATABASE_API_URL, max: 10 });
    try {
      const { productId, sessionId } = await db.withTenant(owner, async (tx) => ({
        productId: (await tx.run(listProducts, { first: 1 }))[0]?.id ?? '',
        sessionId: tx.session.id,
      }));
      const { text, values } = getProduct.statement({ tenantId, productId });
      const byHand = async (work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> => {
        const client = await pool.connect();
        await client.query('begin');
        await client.query(enter, ['commerce_member', sessionId, 'bench']);
        await work(client);
        await client.query('commit');
        client.release();
      };
      const send = (client: pg.PoolClient) => client.query(text, values);
      const figures: Figure[] = [];
      for (const connections of [1, 10]) {
        figures.push({
          what: `a transaction of one typed query against the same statements by pg, ${connections} at once: throughput`,
          rounds: await compare(
            connections,
            (times) => repeat(times, () => db.withTenant(owner, (tx) => tx.run(getProduct, { productId }))),
            (times) => repeat(times, () => byHand(send)),
          ),
          atLeast: 0.95,
        });
        figures.push({
          what: `typed queries in an open transaction against the same by pg, ${connections} at once: throughput`,
          rounds: await compare(
            connections,
            (times) => db.withTenant(owner, (tx) => repeat(times, () => tx.run(getProduct, { productId }))),
            (times) => byHand((client) => repeat(times, () => send(client))),
          ),
          atLeast: 0.95,
        });
      }
      return { figures };
    } finally {
      await Promise.all([db.close(), pool.end()]);
    }
  },
};
