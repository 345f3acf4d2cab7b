import { randomBytes } from 'node:crypto';
import { basename, dirname } from 'node:path';
import pg from 'pg';
import type { Test } from 'tap';
import {
  createDatabase,
  type DatabaseUrls,
  databaseUrls,
  dropDatabase,
} from '../../src/embedded/throw-away.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { withClient } from '../../src/operations/client.ts';

/** The two databases that `npm test` prepares: migrated, and migrated with two demo merchants. */
export type Template = 'empty' | 'demo';

/** A database of one file of tests, with a pool for each login. */
export type TestDatabase = {
  urls: DatabaseUrls;
  /** Sets the scene and looks after; never the subject of a test of rights. */
  installer: pg.Pool;
  api: pg.Pool;
  auth: pg.Pool;
  worker: pg.Pool;
  platform: pg.Pool;
};

/** How many statements like this one wait for another's lock. */
export async function countBlocked({ installer }: TestDatabase, like = '%'): Promise<number> {
  const { rowCount } = await installer.query(
    `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
    [like],
  );
  return rowCount ?? 0;
}

/** Whether a statement like this one waits for another's lock. */
export async function isBlocked(db: TestDatabase, like = '%'): Promise<boolean> {
  return (await countBlocked(db, like)) > 0;
}

export function templateName(prefix: string, template: Template): string {
  return `${prefix}template_${template}`;
}

/** The test databases of this process: `npm run test:mutants` makes them anew for each mutant. */
export const openDatabases = new Set<TestDatabase>();

/**
 * `npm run test:mutants` breaks one rule of each copy, to see which test notices. A test of what comes next migrates
 * it further, up to the file that TEST_MIGRATED_TO names.
 */
export async function alter(url: string): Promise<void> {
  const { TEST_MUTANT: mutant, TEST_MIGRATED_TO: last } = process.env;
  if (last !== undefined) {
    await migrateUp({ connectionString: url, directory: dirname(last), to: basename(last) });
  }
  if (mutant === undefined) return;
  try {
    await withClient(url, (client) => client.query(mutant));
  } catch (cause) {
    throw new Error('the mutant cannot be applied', { cause });
  }
}

/** A copy of a template, dropped when the test ends. */
export async function createTestDatabase(
  t: Test,
  { template = 'demo' }: { template?: Template } = {},
): Promise<TestDatabase> {
  const { DATABASE_URL: url, TEST_DATABASE_PREFIX: prefix } = process.env;
  if (url === undefined || prefix === undefined) throw new Error(`run it by: npm test -- ${process.argv[1]}`);
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await createDatabase(url, name, templateName(prefix, template));
  await alter(databaseUrls({ url }, name, process.env).DATABASE_URL);
  const urls = databaseUrls({ url }, name, process.env);
  const { close, ...database } = connect(urls);
  openDatabases.add(database);
  t.teardown(async () => {
    openDatabases.delete(database);
    await close();
    await dropDatabase(url, name);
  });
  return database;
}

/** Pools of every login to a database. */
export function connect(urls: DatabaseUrls): TestDatabase & { close(): Promise<void> } {
  const pool = (connectionString: string): pg.Pool =>
    // A connection that is just closing may still hear that its database is being dropped.
    new pg.Pool({ connectionString }).on('error', () => {});
  const pools = {
    installer: pool(urls.DATABASE_URL),
    api: pool(urls.DATABASE_API_URL),
    auth: pool(urls.DATABASE_AUTH_URL),
    worker: pool(urls.DATABASE_WORKER_URL),
    platform: pool(urls.DATABASE_PLATFORM_URL),
  };
  const close = async (): Promise<void> => {
    await Promise.all(Object.values(pools).map((each) => each.end()));
  };
  return { urls, ...pools, close };
}
