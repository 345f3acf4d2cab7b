import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { createDatabase, dropDatabase } from '../../src/embedded/throw-away.ts';
import { withClient } from '../../src/operations/client.ts';
import { alter, openDatabases, type TestDatabase } from '../support/database.ts';
import { type Mutant, traceless } from './mutants.ts';
import { collected, Test } from './tap.ts';

/**
 * A process that keeps one file of tests warm: its scene is set once, and for each mutant that the parent names
 * its databases are copied from that scene and altered, and its tests run until one fails.
 */
export type Question = Partial<Pick<Mutant, 'sql' | 'undo' | 'table' | 'about'>>;
export type Answer = 'survived' | 'cannot be applied' | { killedBy: string };

const [, , file = ''] = process.argv;
const { DATABASE_URL: server = '' } = process.env;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'tap'
      ? { url: new URL('tap.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const nameOf = ({ urls }: TestDatabase) => new URL(urls.DATABASE_URL).pathname.slice(1);
const sceneOf = (database: TestDatabase) => `${nameOf(database)}_scene`;

/** Makes the database as the file's scene left it, without a connection to the one before. */
async function reset(database: TestDatabase): Promise<void> {
  await dropDatabase(server, nameOf(database));
  const { urls: _, ...pools } = database;
  for (const pool of Object.values(pools)) while (pool.totalCount > 0) await new Promise(setImmediate);
  await createDatabase(server, nameOf(database), sceneOf(database));
}

let isAsNew = false;

/** Alters the databases, or leaves them as they are and says that it cannot. */
async function apply(sql: string): Promise<boolean> {
  // Those that a test makes while it runs are altered as well.
  process.env.TEST_MUTANT = sql;
  if (!isAsNew) for (const database of openDatabases) await reset(database);
  isAsNew = false;
  try {
    for (const { urls } of openDatabases) await alter(urls.DATABASE_URL);
    return true;
  } catch {
    return false;
  }
}

/** Tests that are named after what was altered come first. */
function inOrder(about: string | undefined) {
  const isFirst = ({ name }: { name: string }) => name === about;
  return [...collected.filter(isFirst), ...collected.filter((test) => !isFirst(test))];
}

async function judge({ sql = 'select', undo, table = '', about }: Question): Promise<Answer> {
  process.env.TEST_TABLE = table;
  if (!(await apply(sql))) return 'cannot be applied';
  for (const test of inOrder(about)) {
    try {
      await Test.run(test);
    } catch (error) {
      // What names its test and its undoing knows that this test takes back all that it does.
      if (test.name === about || traceless.includes(file)) await takeBack(undo);
      return { killedBy: String(error) };
    }
  }
  if (traceless.includes(file)) await takeBack(undo);
  return 'survived';
}

async function takeBack(undo: string | undefined): Promise<void> {
  if (undo === undefined) return;
  for (const { installer } of openDatabases) await installer.query(undo);
  isAsNew = true;
}

process.on('disconnect', () => process.exit(0));
// A connection breaks whenever its database is made anew.
process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});
await import(pathToFileURL(file).href);
for (const database of openDatabases) {
  await withClient(server, async (client) => {
    const name = pg.escapeIdentifier(nameOf(database));
    await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = $1`, [
      nameOf(database),
    ]);
    await client.query(`create database ${pg.escapeIdentifier(sceneOf(database))} template ${name}`);
  });
}
process.on('message', async (question: Question) => process.send?.(await judge(question)));
process.send?.('survived' satisfies Answer);
