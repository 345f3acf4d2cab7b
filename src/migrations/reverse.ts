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
  const withPast = async <T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
    await createDatabase(server.url, server.prefix + name);
    const connectionString = withDatabase(server.url, server.prefix + name);
    const last = migrations.at(-1);
    if (last !== undefined) await migrateUp({ connectionString, directory, to: last.name });
    return withClient(connectionString, async (client) => {
      await client.query(sessionSettings);
      return work(client);
    });
  };
  try {
    return await withPast('reverse', async (client) => {
      const before = { catalogue: await readCatalogue(client), structure: await readStructure(client) };
      await run(client, 'Up', up);
      const statements = statementsBack(await readStructure(client), before.structure);
      const back = statements.map((statement) => `${statement}\n`).join('');
      await run(client, 'Down', renderDown(back));
      const after = comparable(await readCatalogue(client));
      if (differenceOf(comparable(before.catalogue), after).length > 0) {
        const intact = await withPast('intact', async (other) => {
          await run(other, 'text of the living files', living);
          return comparable(await readCatalogue(other));
        });
        refuseDifference(comparable(before.catalogue), after, intact);
      }
      return back;
    });
  } finally {
    await server.close();
  }
}

/** The lines of one that the other lacks, and the other way round. */
function differenceOf(one: string[], other: string[]): string[] {
  const known = [new Set(one), new Set(other)] as const;
  return [...one.filter((line) => !known[1].has(line)), ...other.filter((line) => !known[0].has(line))];
}

/** `intact` is the schema before, with all that the living files make. */
function refuseDifference(before: string[], after: string[], intact: string[]): void {
  const known = { before: new Set(before), after: new Set(after), intact: new Set(intact) };
  const missing = before.filter((line) => !known.after.has(line) && known.intact.has(line));
  const left = after.filter((line) => !known.before.has(line) && !known.intact.has(line));
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
