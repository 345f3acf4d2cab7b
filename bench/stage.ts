import pg from 'pg';
import {
  createMigratedDatabase,
  type DatabaseUrls,
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
};

export async function onStage<T>(server: ThrowAwayServer, work: (stage: Stage) => Promise<T>): Promise<T> {
  const name = `${server.prefix}bench`;
  const urls = await createMigratedDatabase(server, name, process.env);
  const client = new pg.Client({ connectionString: urls.DATABASE_URL });
  try {
    await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
    const [merchant] = await demoMerchants(urls.DATABASE_WORKER_URL);
    if (merchant === undefined) throw new Error('the demo data has no merchant');
    await client.connect();
    await client.query('vacuum analyze');
    return await work({ urls, client, ...merchant });
  } finally {
    await client.end();
    await dropDatabase(server.url, name);
  }
}
