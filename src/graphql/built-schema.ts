import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type pg from 'pg';
import type { GraphQLSchema } from 'postgraphile/graphql';
import { ask } from '../database/pool.ts';
import { migrationChecksums } from '../migrations/files.ts';
import { UserError } from '../operations/user-error.ts';
import { libraries, modules } from './plans/index.ts';
import { passUnknownValues } from './plans/scalars.ts';

/** What a schema follows from: the code that builds it, and the migrations of the database that it is built from. */
export type Origin = {
  package: string;
  libraries: Readonly<Record<string, string>>;
  /** The checksum of every migration that the database has; null for one of a later release. */
  migrations: Readonly<Record<string, string | null>>;
};

/** The file that `ccdb schema` writes. */
export type SchemaFile = {
  origin: Origin;
  makeSchema(from: Readonly<Record<string, object>>): GraphQLSchema;
};

async function packageVersion(): Promise<string> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** What a schema of this package and this database follows from. */
export async function originOf(pool: pg.Pool): Promise<Origin> {
  const [version, checksums, applied] = await Promise.all([
    packageVersion(),
    migrationChecksums(),
    ask<{ name: string }>(pool, 'select name from ccdb.migrations order by name', []),
  ]);
  const migrations = Object.fromEntries(applied.map(({ name }) => [name, checksums.get(name) ?? null]));
  return { package: version, libraries, migrations };
}

/** The first name whose values differ. */
function firstDifference(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>) {
  return Object.keys({ ...a, ...b }).find((name) => a[name] !== b[name]);
}

/** Why a schema of the one origin is not that of the other, in a sentence; undefined if it is. */
export function differenceOf(file: Origin, present: Origin): string | undefined {
  if (file.package !== present.package)
    return `it is of conversational-commerce-db ${file.package}, and this is ${present.package}`;
  const library = firstDifference(file.libraries, present.libraries);
  if (library !== undefined)
    return `it is of ${library} ${file.libraries[library]}, and this is ${present.libraries[library]}`;
  const migration = firstDifference(file.migrations, present.migrations);
  if (migration === undefined) return undefined;
  if (!(migration in present.migrations)) return `the database lacks migration ${migration}`;
  if (!(migration in file.migrations))
    return `the database has migration ${migration}, and the file does not`;
  return `migration ${migration} is another one`;
}

async function importFile(path: string): Promise<SchemaFile> {
  let file: Partial<SchemaFile>;
  try {
    file = await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw new UserError(`cannot read the GraphQL schema ${path}: ${(cause as Error).message}`, { cause });
  }
  const { origin, makeSchema } = file;
  if (origin === undefined || makeSchema === undefined)
    throw new UserError(`${path} is no GraphQL schema that ccdb schema has written`);
  return { origin, makeSchema };
}

/** The schema of a file that is that of this package and this database; else why it is not. */
export async function readSchema(
  path: string,
  pool: pg.Pool,
): Promise<{ schema: GraphQLSchema } | { difference: string }> {
  const [{ origin, makeSchema }, present] = await Promise.all([importFile(path), originOf(pool)]);
  const difference = differenceOf(origin, present);
  if (difference !== undefined) return { difference };
  const schema = makeSchema(modules);
  passUnknownValues(schema);
  return { schema };
}
