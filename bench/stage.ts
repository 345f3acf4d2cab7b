import pg from 'pg';
import { enterSession } from '../src/database/enter-session.ts';
import {
  createDatabase,
  createMigratedDatabase,
  type DatabaseUrls,
  databaseUrls,
  dropDatabase,
  type ThrowAwayServer,
} from '../src/embedded/throw-away.ts';
import { demoMerchants, seedDemo } from '../src/operations/seed-demo.ts';

/** A database of a benchmark's own, with the demo merchants. */
export type Stage = {
  urls: DatabaseUrls;
  /** The installer's connection. */
  client: pg.Client;
  tenantId: string;
  ownerSubject: string;
  /** Opens a session of the merchant's owner, or of a shopper, and returns its id. */
  openSession(role: 'member' | 'buyer', subject: string): Promise<string>;
  /** Opens the installer's connection to an empty database beside it. */
  openBeside(name: string): Promise<pg.Client>;
};

/** A login's connection. */
export async function open(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}

/** So many connections of one login. */
export const openMany = (connectionString: string, count: number): Promise<pg.Client[]> =>
  Promise.all(Array.from({ length: count }, () => open(connectionString)));

type Asker = pg.Client | pg.PoolClient;

/** A transaction of the session, as withTenant begins, enters and ends it, with each statement waited for. */
export async function inTransaction<T>(
  client: Asker,
  { role, sessionId }: { role: string; sessionId: string },
  work: () => Promise<T>,
): Promise<T> {
  await client.query('begin');
  try {
    await client.query(enterSession({ role, sessionId, requestId: 'bench' }));
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

export async function onStage<T>(server: ThrowAwayServer, work: (stage: Stage) => Promise<T>): Promise<T> {
  const name = `${server.prefix}bench`;
  const urls = await createMigratedDatabase(server, name, process.env);
  const client = new pg.Client({ connectionString: urls.DATABASE_URL });
  const beside: { name: string; client: pg.Client }[] = [];
  try {
    await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
    const [merchant] = await demoMerchants(urls.DATABASE_WORKER_URL);
    if (merchant === undefined) throw new Error('the demo data has no merchant');
    await client.connect();
    await client.query('vacuum analyze');
    return await work({
      urls,
      client,
      ...merchant,
      async openSession(role, subject) {
        const auth = await open(urls.DATABASE_AUTH_URL);
        try {
          const { rows } = await auth.query<{ session_id: string }>(
            'select session_id from internal.open_session($1, $2, null, $3)',
            [merchant.tenantId, role, subject],
          );
          return rows[0]?.session_id ?? '';
        } finally {
          await auth.end();
        }
      },
      async openBeside(suffix) {
        const other = `${name}_${suffix}`;
        await createDatabase(server.url, other);
        const opened = await open(databaseUrls(server, other, process.env).DATABASE_URL);
        beside.push({ name: other, client: opened });
        return opened;
      },
    });
  } finally {
    await Promise.all([client, ...beside.map((each) => each.client)].map((each) => each.end()));
    for (const each of [name, ...beside.map((other) => other.name)]) await dropDatabase(server.url, each);
  }
}
