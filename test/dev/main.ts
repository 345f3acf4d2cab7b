import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataFolder } from '../../src/cli/data-folder.ts';
import { openDevelopmentDatabase } from '../../src/cli/dev.ts';
import { untilStopped } from '../../src/cli/until-stopped.ts';
import { runProgram } from '../../src/embedded/run-program.ts';
import { createDatabase, databaseUrls, dropDatabase } from '../../src/embedded/throw-away.ts';
import { closedSets } from '../../src/generate/closed-sets.ts';
import { constraintFields } from '../../src/generate/constraint-fields.ts';
import { grantedRights } from '../../src/generate/granted-rights.ts';
import { notNullFromTables, queries } from '../../src/generate/queries.ts';
import { renew } from '../../src/generate/renew.ts';
import type { Files } from '../../src/migrations/changes.ts';
import { readMigrations } from '../../src/migrations/files.ts';
import { migrateUp } from '../../src/migrations/index.ts';
import { embeddedAfter, packageDirectory, readLivingFiles } from '../../src/migrations/living.ts';
import { withClient } from '../../src/operations/client.ts';
import { UserError } from '../../src/operations/user-error.ts';
import { templateName } from '../support/database.ts';
import { withTemplates } from '../support/templates.ts';
import { noteOf, readNote, writeNote } from './applied.ts';
import { saves } from './saves.ts';
import { Target } from './target.ts';
import { testsOf } from './tests-of.ts';

/*
 * `npm run dev`: what is saved in functions/, policies/ or sql/ is applied to the development database, the types
 * are generated again, and the tests of what was saved run. The tests have databases of their own, on a server that
 * is thrown away, to which the same is applied. No migration is written: `npm run ccdb -- new NAME` does that when
 * the work is done.
 */

const root = packageDirectory;

/** Generates what TypeScript reads of the schema, from a copy of the tests' empty database. */
async function renewTypes(env: NodeJS.ProcessEnv): Promise<string[]> {
  const { DATABASE_URL: server = '', TEST_DATABASE_PREFIX: prefix = '' } = env;
  const name = `${prefix}types`;
  await createDatabase(server, name, templateName(prefix, 'empty'));
  try {
    const scene = { urls: databaseUrls({ url: server }, name, env), root };
    await withClient(scene.urls.DATABASE_URL, (client) => client.query(notNullFromTables));
    const generators = [closedSets, constraintFields, grantedRights, queries];
    return (await Promise.all(generators.map((each) => renew(each, scene, false)))).flat();
  } finally {
    await dropDatabase(server, name);
  }
}

async function runTests(paths: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const files = new Set((await Promise.all(paths.map((path) => testsOf(root, path)))).flat());
  if (files.size === 0) {
    console.log('no test mentions it');
    return;
  }
  console.log(`testing: ${[...files].join(' ')}`);
  const code = await runProgram('tap', ['run', '--reporter=terse', ...files], env);
  console.log(code === 0 ? 'tests passed' : 'tests failed');
}

async function readFiles(): Promise<Files> {
  return new Map((await readLivingFiles(root)).map((file) => [file.path, file]));
}

type Workshop = { development: Target; note: string; templates: Target[]; env: NodeJS.ProcessEnv };

async function takeOver(
  paths: string[],
  { development, note, templates, env }: Workshop,
  isTested: boolean,
): Promise<void> {
  const after = await readFiles();
  const reasons = await development.apply(after);
  await writeNote(note, after);
  for (const [path, reason] of reasons) console.log(`applied: ${path} (${reason})`);
  for (const template of templates) await template.apply(after);
  const renewed = await renewTypes(env);
  console.log(`types: ${renewed.join(', ') || 'as they were'}`);
  if (isTested) await runTests(paths, env);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, 'no-tests': { type: 'boolean', default: false } },
  });
  const stop = new AbortController();
  const stopped = untilStopped().then(() => stop.abort());
  const folder = await dataFolder(values.data, process.env);
  const database = await openDevelopmentDatabase(process.env, folder);
  try {
    await migrateUp({ connectionString: database.url, log: console.log });
    const { DATABASE_URL: _, ...own } = process.env;
    await withTemplates(own, async (env) => {
      const { DATABASE_URL: server = '', TEST_DATABASE_PREFIX: prefix = '' } = env;
      const carried = embeddedAfter(await readMigrations(join(root, 'migrations')));
      const note = await noteOf(root, database.url);
      const workshop: Workshop = {
        development: new Target(database.url, await readNote(note, carried)),
        note,
        templates: (['empty', 'demo'] as const).map((template) => {
          const { DATABASE_URL } = databaseUrls({ url: server }, templateName(prefix, template), env);
          return new Target(DATABASE_URL, carried);
        }),
        env,
      };
      const attempt = async (paths: string[], isTested: boolean): Promise<void> => {
        try {
          await takeOver(paths, workshop, isTested);
        } catch (error) {
          console.log(error instanceof UserError ? error.message : error);
        }
        console.log('waiting for a file to be saved (Ctrl-C stops)');
      };
      const saved = saves(root, ['functions', 'policies', 'sql'], stop.signal);
      const first = saved.next();
      await attempt([], false);
      for (let next = await first; !next.done; next = await saved.next()) {
        console.log(`saved: ${next.value.join(', ')}`);
        await attempt(next.value, !values['no-tests']);
      }
    });
  } finally {
    await database.stop();
  }
  await stopped;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
}
