import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import type { Test } from 'tap';
import { startThrowAwayServer } from '../../src/embedded/server.ts';
import { createDatabase, dropDatabase } from '../../src/embedded/throw-away.ts';
import { withClient } from '../../src/operations/client.ts';
import { withDatabase } from '../../src/operations/login-urls.ts';

/** The installer's connection to the server of the run. */
const server = process.env.DATABASE_URL ?? '';

export async function connect(t: Test, connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  t.teardown(() => client.end());
  return client;
}

/** A database without anything of ours, dropped when the test ends. */
export async function emptyDatabase(t: Test): Promise<string> {
  const name = `${process.env.TEST_DATABASE_PREFIX ?? 'ccdb_'}${randomBytes(6).toString('hex')}`;
  await createDatabase(server, name);
  t.teardown(() => dropDatabase(server, name));
  return withDatabase(server, name);
}

/**
 * An empty database for an installer who may create roles and is no superuser: its owner, or one who may only
 * create schemas in it. From PostgreSQL 16 on such an installer needs a cluster in which nobody else has created
 * the roles: an embedded one, for this test.
 */
export async function installerDatabase(t: Test, { ownsIt = true } = {}): Promise<string> {
  const role = `ccdb_installer_${randomBytes(6).toString('hex')}`;
  const { rows } = await withClient(server, (client) =>
    client.query<{ version: number }>("select current_setting('server_version_num')::int as version"),
  );
  const isShared = (rows[0]?.version ?? 0) < 160_000;
  const cluster = isShared ? { url: server, stop: async () => {} } : await startThrowAwayServer();
  await withClient(cluster.url, async (client) => {
    await client.query(`create role ${role} login createrole password '${role}'`);
    await client.query(`create database ${role} ${ownsIt ? `owner ${role}` : ''}`);
    await client.query(`grant create on database ${role} to ${role}`);
  });
  t.teardown(async () => {
    await dropDatabase(cluster.url, role);
    if (isShared) await withClient(cluster.url, (client) => client.query(`drop role ${role}`));
    await cluster.stop();
  });
  return Object.assign(new URL(withDatabase(cluster.url, role)), { username: role, password: role }).href;
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
