import pg from 'pg';
import { createDatabase, openThrowAwayServer } from '../embedded/throw-away.ts';
import { withClient } from '../operations/client.ts';
import { withDatabase } from '../operations/login-urls.ts';
import { UserError } from '../operations/user-error.ts';
import { readCatalogue } from './catalogue.ts';
import type { MigrationFile } from './files.ts';
import { describeError, migrateUp, sessionSettings } from './index.ts';
import { readStructure, statementsBack } from './structure.ts';

/** The migrations before the one that is written, and their folder; the server to try them on, if not an embedded one. */
export type Past = { directory: string; migrations: MigrationFile[]; databaseUrl?: string | undefined };

/** The lines of the catalogue in an order of their own: a column that comes back is the last of its table. */
function comparable(catalogue: string): string[] {
  const sortList = (line: string) =>
    line.replace(/\(([\w, ]+)\)$/, (_, list: string) => `(${list.split(', ').sort().join(', ')})`);
  return catalogue
    .split('\n\n')
    .flatMap((object) => {
      const [head, ...lines] = object.split('\n');
      return lines.map((line) => `${head}: ${sortList(line.trim())}`);
    })
    .sort();
}

async function run(client: pg.Client, section: string, sql: string): Promise<void> {
  try {
    await client.query(`begin;\n${sql}\ncommit;`);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError)) throw cause;
    throw new UserError(`the ${section} does not run: ${describeError(cause)}`, { cause });
  }
}

/**
 * What takes back the part of an Up section that stands by hand: the Up is run on a database with the migrations
 * before it, and the tables' structure and reference data are compared. The Down that comes of it is run as well,
 * and refused unless it leads back to the very same catalogue; only what was not as the living files make it, because
 * a statement by hand had taken it away, may be as they make it then.
 */
export async function reverse(
  { directory, migrations, databaseUrl }: Past,
  up: string,
  renderDown: (back: string) => string,
  living: string,
): Promise<string> {
  const server = await openThrowAwayServer(databaseUrl);
  try {
    const name = `${server.prefix}reverse`;
    await createDatabase(server.url, name);
    const connectionString = withDatabase(server.url, name);
    const last = migrations.at(-1);
    if (last !== undefined) await migrateUp({ connectionString, directory, to: last.name });
    return await withClient(connectionString, async (client) => {
      await client.query(sessionSettings);
      const before = { catalogue: await readCatalogue(client), structure: await readStructure(client) };
      await run(client, 'Up', up);
      const statements = statementsBack(await readStructure(client), before.structure);
      const back = statements.map((statement) => `${statement}\n`).join('');
      await run(client, 'Down', renderDown(back));
      const after = await readCatalogue(client);
      if (after !== before.catalogue) {
        await run(client, 'text of living files', living);
        const mended = await readCatalogue(client);
        refuseDifference(comparable(before.catalogue), comparable(after), comparable(mended));
      }
      return back;
    });
  } finally {
    await server.close();
  }
}

function refuseDifference(before: string[], after: string[], mended: string[]): void {
  const known = { before: new Set(before), after: new Set(after), mended: new Set(mended) };
  const missing = before.filter((line) => !known.after.has(line) && known.mended.has(line));
  const left = after.filter((line) => !known.before.has(line) && !known.mended.has(line));
  if (missing.length + left.length === 0) return;
  throw new UserError(
    [
      'no Down could be derived that leads back to the same schema:',
      ...missing.map((line) => `  missing: ${line}`),
      ...left.map((line) => `  left: ${line}`),
      'Write it yourself in the Down section, between "-- by hand" and "-- end by hand".',
    ].join('\n'),
  );
}
