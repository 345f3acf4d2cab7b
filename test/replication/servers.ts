import { appendFile, chown, cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Test } from 'tap';
import { giveTo, type Owner } from '../../src/embedded/owner.ts';
import { startThrowAwayServer } from '../../src/embedded/server.ts';
import { createMigratedDatabase } from '../../src/embedded/throw-away.ts';
import { seedDemo } from '../../src/operations/seed-demo.ts';
import { one } from '../functions/shop.ts';
import { connect, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

/** What replication needs beyond PostgreSQL's defaults. */
export const settings = [
  'wal_level=logical',
  // A standby begins where its base backup did.
  'wal_keep_size=1GB',
  'max_wal_senders=20',
  'max_replication_slots=20',
  'max_sync_workers_per_subscription=6',
  'max_logical_replication_workers=8',
  'max_worker_processes=16',
];

/** Whether the run is that of the embedded server: tests that start servers of their own need no other. */
export const isMainRun = (): boolean => process.env.TEST_SERVER === 'embedded';

/** A migrated database on a server of its own, of a major version, with two demo merchants or none. */
export async function openServer(
  t: Test,
  major: number,
  { isFilled = false }: { isFilled?: boolean } = {},
): Promise<TestDatabase> {
  const { url, stop } = await startThrowAwayServer({ major, settings });
  t.teardown(stop);
  const urls = await createMigratedDatabase({ url, prefix: '', close: stop }, 'shop', {});
  if (isFilled) await seedDemo({ connectionString: urls.DATABASE_WORKER_URL });
  const { close, ...database } = connect(urls);
  t.teardown(close);
  return database;
}

/** What the base backup leaves out: the primary's own lock, and its log, which is streamed. */
const isLeftOut = (path: string): boolean => /\/postmaster\.(pid|opts)$|\/pg_wal\/[0-9A-F]{24}/.test(path);

/** A streaming standby of a server, made of a base backup by file copy: npm's binaries have no pg_basebackup. */
export async function openStandby(
  t: Test,
  primary: TestDatabase,
  major: number,
): Promise<{ through: (url: string) => string; installer: pg.Pool }> {
  const { hostname, port, username, password } = new URL(primary.urls.DATABASE_URL);
  const source = `host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}`;
  const fill = async (folder: string, owner: Owner | undefined): Promise<void> => {
    const data = join(folder, 'data');
    const client = await primary.installer.connect();
    try {
      const { data_directory } = await one(client, 'show data_directory');
      await client.query(`select pg_backup_start('standby', true)`);
      await cp(String(data_directory), data, { recursive: true, filter: (path) => !isLeftOut(path) });
      const { labelfile } = await one(client, 'select labelfile from pg_backup_stop(false)');
      await writeFile(join(data, 'backup_label'), String(labelfile));
    } finally {
      client.release();
    }
    await writeFile(join(data, 'standby.signal'), '');
    await appendFile(join(data, 'postgresql.auto.conf'), `primary_conninfo = '${source}'\n`);
    await giveTo(data, owner);
    for (const name of ['backup_label', 'standby.signal', 'postgresql.auto.conf']) {
      if (owner !== undefined) await chown(join(data, name), owner.uid, owner.gid);
    }
  };
  const { url, stop } = await startThrowAwayServer({ major, settings, fill });
  t.teardown(stop);
  const through = (from: string): string => Object.assign(new URL(from), { port: new URL(url).port }).href;
  const installer = new pg.Pool({ connectionString: through(primary.urls.DATABASE_URL) }).on(
    'error',
    () => {},
  );
  t.teardown(() => installer.end());
  return { through, installer };
}

/** Waits until a condition on a server holds. */
export async function until(
  { installer }: Pick<TestDatabase, 'installer'>,
  sql: string,
  values: unknown[] = [],
): Promise<void> {
  const isTrue = await eventually(async () => {
    const { rows } = await installer.query<{ holds: boolean }>(`select (${sql}) as holds`, values);
    return rows[0]?.holds === true;
  }, 60_000);
  if (!isTrue) throw new Error(`never came true: ${sql}`);
}

/** From 16 on a subscription writes as the table's owner unless told otherwise, whom forced RLS shows no row. */
export async function subscribe(
  target: Pick<TestDatabase, 'installer'>,
  source: Pick<TestDatabase, 'urls'>,
  { publication, isFull = true }: { publication: string; isFull?: boolean },
): Promise<void> {
  const { rows } = await target.installer.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  );
  const options = [`copy_data = ${isFull}`, ...((rows[0]?.major ?? 0) >= 16 ? ['run_as_owner = true'] : [])];
  await target.installer.query(
    `create subscription ${publication} connection '${source.urls.DATABASE_URL}' publication ${publication}
       with (${options.join(', ')})`,
  );
}

/** Until every table of the subscription has been copied. */
export async function copied(target: Pick<TestDatabase, 'installer'>): Promise<void> {
  await until(target, `select count(*) > 0 and bool_and(srsubstate = 'r') from pg_subscription_rel`);
}

/** Fills a migrated database with all that another one holds, and follows it until the subscription is dropped. */
export async function follow(
  target: Pick<TestDatabase, 'installer'>,
  source: Pick<TestDatabase, 'installer' | 'urls'>,
): Promise<void> {
  await source.installer.query(
    'create publication everything for all tables with (publish_via_partition_root = true)',
  );
  // What the migrations wrote, their own list included, comes along with the rest.
  const { rows: filled } = await target.installer.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
     where c.relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
       and c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'`);
  await target.installer.query(
    `begin; set local session_replication_role = replica;
     truncate ${filled.map(({ name }) => name).join(', ')};
     commit`,
  );
  await subscribe(target, source, { publication: 'everything' });
  await copied(target);
}

/** What belongs to the server, or is secret to the database. */
const notCopied = `('internal.session'::regclass, 'internal.turn'::regclass, 'internal.live_secret'::regclass)`;

/** Rows and a digest of every table. */
export async function digests({ installer }: TestDatabase): Promise<Record<string, string>> {
  const { rows: tables } = await installer.query<{ name: string }>(`
    select c.oid::regclass::text as name from pg_class c
     where c.relnamespace::regnamespace::text in ('commerce', 'internal', 'audit') and c.relkind in ('r', 'p')
       and not c.relispartition and c.oid not in ${notCopied}`);
  const client = await installer.connect();
  try {
    await client.query(`set timezone = 'UTC'`);
    const found: Record<string, string> = {};
    for (const { name } of tables) {
      const { digest } = await one<{ digest: string }>(
        client,
        `select count(*) || ' ' || coalesce(md5(string_agg(r, '|' order by r)), '') as digest
           from (select md5(x::text) as r from ${name} as x) as y`,
      );
      found[name] = digest;
    }
    return found;
  } finally {
    client.release();
  }
}

export type Table = { name: string; key: string };

/** The tables that hold rows of merchants, and by which column. */
export async function merchantTables({ installer }: TestDatabase): Promise<Table[]> {
  const { rows } = await installer.query<Table>(`
    select m::text as name,
           case when m = 'commerce.tenant'::regclass then 'id' else (
             select attname from pg_attribute
              where attrelid = m and attname in ('tenant_key', 'tenant_id') and attnotnull
              order by attname desc limit 1) end as key
      from internal.merchant_tables() as m`);
  return rows;
}

/** A digest of the merchant's rows in each table; every server computes generated columns for itself. */
export async function merchantDigests({ installer }: TestDatabase, tables: Table[], tenantId: string) {
  const found = new Map<string, { count: number; digest: string }>();
  const client = await installer.connect();
  try {
    await client.query(`set timezone = 'UTC'`);
    for (const { name, key } of tables) {
      const { rows } = await client.query(
        `select count(*)::int as count, coalesce(md5(string_agg(r, '|' order by r)), '') as digest
           from (select md5(x::text) as r from ${name} as x where ${key} = $1) as y`,
        [tenantId],
      );
      found.set(name, rows[0]);
    }
  } finally {
    client.release();
  }
  return found;
}
