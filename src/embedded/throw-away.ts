import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrateUp } from '../migrations/index.ts';
import { withClient } from '../operations/client.ts';
import {
  ensureLogins,
  findOpenLogins,
  type LoginUrls,
  loginUrls,
  loginUrlsOf,
  parseUrl,
  withDatabase,
} from '../operations/login-urls.ts';
import { startGuardian } from './guardian.ts';
import { startThrowAwayServer } from './server.ts';

/** Where throw-away databases are made: none whose name begins with the prefix outlives this process. */
export type ThrowAwayServer = {
  /** The installer's connection, to a database that is not thrown away. */
  url: string;
  prefix: string;
  close(): Promise<void>;
};

/** Every connection to one database: the installer's, and those of the roles that programs log in with. */
export type DatabaseUrls = LoginUrls & { DATABASE_URL: string };

/** The server of `databaseUrl`, or an embedded one with these settings that lives as long as this process. */
export async function openThrowAwayServer(
  databaseUrl: string | undefined,
  settings: string[] = [],
): Promise<ThrowAwayServer> {
  const prefix = `ccdb_${randomBytes(6).toString('hex')}_`;
  if (databaseUrl === undefined) {
    const { url, stop } = await startThrowAwayServer({ settings });
    return { url, prefix, close: stop };
  }
  const url = parseUrl(databaseUrl).href;
  await withClient(url, async () => {});
  const program = fileURLToPath(new URL(`drop-throw-away${extname(import.meta.url)}`, import.meta.url));
  const { finish } = startGuardian('await_parents_end; exec "$@"', [process.execPath, program, prefix], {
    env: { ...process.env, THROW_AWAY_URL: url },
    output: 'inherit',
  });
  return { url, prefix, close: finish };
}

export function databaseUrls(
  server: Pick<ThrowAwayServer, 'url'>,
  name: string,
  env: NodeJS.ProcessEnv,
): DatabaseUrls {
  const installer = withDatabase(server.url, name);
  return { DATABASE_URL: installer, ...loginUrlsOf(name, loginUrls(installer, env)) };
}

/** A new database, empty or a copy of the template. */
export async function createDatabase(url: string, name: string, template?: string): Promise<void> {
  const database = pg.escapeIdentifier(name);
  await withClient(url, async (client) => {
    await client.query(
      `create database ${database} template ${pg.escapeIdentifier(template ?? 'template0')}`,
    );
    // Rights on the database itself are no part of a copy.
    if (template !== undefined) await client.query(`revoke temporary on database ${database} from public`);
  });
}

export async function dropDatabase(url: string, name: string): Promise<void> {
  await withClient(url, (client) =>
    client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
  );
}

/** Creates the database, applies every migration and makes the logins work. */
export async function createMigratedDatabase(
  server: ThrowAwayServer,
  name: string,
  env: NodeJS.ProcessEnv,
): Promise<DatabaseUrls> {
  const urls = databaseUrls(server, name, env);
  await createDatabase(server.url, name);
  const open = await findOpenLogins(server.url);
  await migrateUp({ connectionString: urls.DATABASE_URL });
  await ensureLogins(urls.DATABASE_URL, urls, open);
  return urls;
}
