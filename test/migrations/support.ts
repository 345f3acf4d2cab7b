import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { Test } from 'tap';
import { startThrowAwayServer } from '../../src/embedded/server.ts';

/** The server of the run; its databases of other tests are left alone. */
function serverUrl(database: string, user?: string): string {
  const url = new URL(process.env.DATABASE_URL ?? '');
  url.pathname = `/${database}`;
  if (user !== undefined) {
    url.username = user;
    url.password = user;
  }
  return url.href;
}

export async function connect(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  t.teardown(() => client.end());
  return client;
}

async function onServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A database without anything of ours, dropped at the end; with `owner`, of a new role that is no superuser. */
export async function emptyDatabase(t: Test, { owner }: { owner?: 'installer' } = {}): Promise<string> {
  const name = `ccdb_migrations_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
  t.teardown(async () => {
    await onServer(`drop database ${name} with (force)`);
    if (owner !== undefined) await onServer(`drop role ${name}`);
  });
  if (owner === undefined) return serverUrl(name);
  await onServer(
    `create role ${name} login createrole password '${name}'; alter database ${name} owner to ${name}`,
  );
  return serverUrl(name, name);
}

/**
 * An empty database whose owner may create roles and is no superuser. From PostgreSQL 16 on such an
 * owner needs a cluster in which nobody else has created the roles: an embedded one, for this test.
 */
export async function installerDatabase(t: Test): Promise<string> {
  const client = await connect(t, serverUrl('postgres'));
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  if ((rows[0]?.version ?? 0) < 160_000) return emptyDatabase(t, { owner: 'installer' });
  const server = await startThrowAwayServer();
  t.teardown(server.stop);
  const superuser = await connect(t, server.url);
  await superuser.query("create role installer login createrole password 'installer'");
  await superuser.query('create database shop owner installer');
  const url = new URL(server.url);
  url.pathname = '/shop';
  url.username = 'installer';
  url.password = 'installer';
  return url.href;
}

/** Writes files below a folder that goes with the test. */
export async function folder(t: Test, files: Record<string, string>): Promise<string> {
  const root = t.testdir({});
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

/** A migration with these sections; each begins with its lock_timeout, on lines 2 and below. */
export function migration(up: string, down = ''): string {
  const section = (sql: string) =>
    sql.startsWith('-- no transaction') || sql === '' ? sql : `set local lock_timeout = '2s';\n${sql}`;
  return `-- Up Migration\n${section(up)}\n-- Down Migration\n${section(down)}\n`;
}

/** What the promise is rejected with, as text. */
export async function failure(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && error.name === 'UserError' ? error.message : `not a UserError: ${error}`;
  }
  return 'no failure';
}
