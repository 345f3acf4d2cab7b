import pg from 'pg';
import { createDatabase, getProduct, listProducts } from '../src/index.ts';
import { openLayers } from './readers.ts';
import type { Figure, Measured } from './report.ts';
import { inTransaction, type Stage } from './stage.ts';
import { milliseconds, ratios, repeat, takeTurns } from './turns.ts';

const rounds = Number(process.env.ROUNDS ?? 30);
/** Queries in a round. */
const batch = Number(process.env.BATCH ?? 100);

/** How long the work takes that many times, by so many at once. */
const timed = (connections: number, work: (times: number) => Promise<unknown>) =>
  milliseconds(() => Promise.all(Array.from({ length: connections }, () => work(batch / connections))));

export const benchmark = {
  title: 'Typed queries: throughput',
  async run({ urls, tenantId, ownerSubject, openSession }: Stage): Promise<Measured> {
    const owner = { tenantId, subject: ownerSubject, role: 'member' } as const;
    const session = { role: 'commerce_member', sessionId: await openSession('member', ownerSubject) };
    const db = createDatabase({
      connectionString: urls.DATABASE_API_URL,
      authConnectionString: urls.DATABASE_AUTH_URL,
    });
    const pool = new pg.Pool({ connectionString: urls.DATABASE_API_URL, max: 10 });
    const figures: Figure[] = [];
    try {
      const productId = await db.withTenant(
        owner,
        async (tx) => (await tx.run(listProducts, { first: 1 }))[0]?.id ?? '',
      );
      const { text, values } = getProduct.statement({ tenantId, productId });
      const send = (client: pg.PoolClient) => client.query(text, values);
      const byHand = async (work: (client: pg.PoolClient) => Promise<unknown>): Promise<void> => {
        const client = await pool.connect();
        await inTransaction(client, session, () => work(client));
        client.release();
      };
      const ours = () => db.withTenant(owner, (tx) => tx.run(getProduct, { productId }));
      for (const connections of [1, 10]) {
        const alone = await takeTurns(rounds, {
          ours: () => timed(connections, (times) => repeat(times, ours)),
          theirs: () => timed(connections, (times) => repeat(times, () => byHand(send))),
        });
        const together = await takeTurns(rounds, {
          ours: () =>
            timed(connections, (times) =>
              db.withTenant(owner, (tx) => repeat(times, () => tx.run(getProduct, { productId }))),
            ),
          theirs: () => timed(connections, (times) => byHand((client) => repeat(times, () => send(client)))),
        });
        figures.push(
          {
            what: `a transaction of one query, ${connections} at once, against begin, session, statement and commit by pg`,
            rounds: ratios(alone.theirs, alone.ours),
            atLeast: 0.95,
          },
          {
            what: `queries in an open transaction, ${connections} at once, against the same statements by pg`,
            rounds: ratios(together.theirs, together.ours),
            atLeast: 0.95,
          },
        );
      }
      const { readers, absent } = await openLayers({
        url: urls.DATABASE_API_URL,
        ...session,
        tenantId,
        productId,
        columns: /^select (.*?)\s+from/s.exec(text)?.[1]?.replaceAll('p.', '').split(/,\s*/) ?? [],
      });
      for (const [name, { read, close }] of Object.entries(readers)) {
        const costs = await takeTurns(rounds, {
          ours: () => timed(10, (times) => repeat(times, ours)),
          theirs: () => timed(10, (times) => repeat(times, read)),
        });
        figures.push({
          what: `a transaction of one query, 10 at once, against ${name}`,
          rounds: ratios(costs.theirs, costs.ours),
        });
        await close();
      }
      return { figures, absent };
    } finally {
      await Promise.all([db.close(), pool.end()]);
    }
  },
};
