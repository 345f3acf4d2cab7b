import pg from 'pg';
import type { Test } from 'tap';
import type { Database, TenantIdentity } from '../../src/index.ts';
import { only } from './package.ts';

/** Something that SQL leaves on a connection, and a query that has rows as long as it is there. */
export type State = { name: string; leave: string[]; find: string };

/** Each kind of state but the server's own settings, which `everySetting` takes from its catalogue. */
export const states: State[] = [
  {
    name: 'a prepared statement',
    leave: ['prepare find_product as select 1'],
    find: 'select from pg_prepared_statements',
  },
  {
    name: 'a cursor WITH HOLD by the name of the next stream',
    leave: ['declare stream_1 cursor with hold for select 1'],
    find: 'select from pg_cursors where is_holdable',
  },
  {
    name: 'a temporary table',
    leave: ['create temporary table products (id integer)'],
    find: 'select from pg_class where relnamespace = pg_my_temp_schema()',
  },
  {
    name: 'a temporary type',
    leave: ['create domain pg_temp.uuid as pg_catalog.uuid'],
    find: 'select from pg_type where typnamespace = pg_my_temp_schema()',
  },
  {
    name: 'a temporary function',
    leave: [`create function pg_temp.lower(text) returns text language sql return 'mine'`],
    find: 'select from pg_proc where pronamespace = pg_my_temp_schema()',
  },
  {
    name: 'an advisory lock',
    leave: ['select pg_advisory_lock(42)'],
    find: `select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
  },
  {
    name: 'a shared advisory lock, taken twice',
    leave: ['select pg_advisory_lock_shared(4, 2)', 'select pg_advisory_lock_shared(4, 2)'],
    find: `select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
  },
  { name: 'LISTEN', leave: ['listen orders'], find: 'select from pg_listening_channels()' },
  {
    name: 'a role',
    leave: ['set role commerce_buyer'],
    find: `select where current_user = 'commerce_buyer' or current_setting('role') <> 'none'`,
  },
  {
    name: 'a role, as session authorization leaves it',
    leave: ['set session authorization commerce_api', 'set role commerce_anonymous'],
    find: `select where current_user <> session_user or current_setting('role') <> 'none'`,
  },
  {
    name: 'the id of a session',
    leave: [`select set_config('commerce.session', gen_random_uuid()::text, false)`],
    find: `select where current_setting('commerce.session', true) <> ''`,
  },
  {
    name: 'a setting of the application’s own',
    leave: [`set shop.discount = '10'`],
    find: `select where current_setting('shop.discount', true) <> ''`,
  },
];

type Setting = {
  name: string;
  vartype: string;
  setting: string;
  min_val: string | null;
  max_val: string | null;
  enumvals: string[] | null;
};

/** Another value than the one it has, for the settings that are texts. */
const texts: Record<string, string> = {
  application_name: 'mine',
  client_encoding: 'LATIN1',
  createrole_self_grant: 'set',
  DateStyle: 'SQL, DMY',
  default_table_access_method: 'heap',
  default_tablespace: 'pg_default',
  default_text_search_config: 'pg_catalog.german',
  lc_monetary: 'POSIX',
  lc_numeric: 'POSIX',
  lc_time: 'POSIX',
  local_preload_libraries: 'mine',
  restrict_nonsystem_relation_kind: 'view',
  search_path: 'audit',
  temp_tablespaces: 'pg_default',
  TimeZone: 'Asia/Kolkata',
  timezone_abbreviations: 'Australia',
};

/** Those that hold for a transaction, and those that `states` has a case of its own for. */
const notOfTheSession = [
  'transaction_isolation',
  'transaction_read_only',
  'transaction_deferrable',
  'role',
  'session_authorization',
  'seed',
];

function otherValue({ name, vartype, setting, min_val, max_val, enumvals }: Setting): string {
  if (vartype === 'bool') return setting === 'on' ? 'off' : 'on';
  if (vartype === 'enum') return enumvals?.find((each) => each !== setting) ?? setting;
  if (vartype !== 'string') return (setting === max_val ? min_val : max_val) ?? setting;
  const text = texts[name];
  if (text === undefined) throw new Error(`give the setting ${name} another value in connection-state.ts`);
  return text;
}

/** Every setting that the login may change, each with another value than it has. */
export async function everySetting(
  client: Pick<pg.ClientBase, 'query'>,
): Promise<[name: string, value: string][]> {
  const { rows } = await client.query<Setting>(
    `select name, vartype, setting, min_val, max_val, enumvals from pg_settings
      where context = 'user' and name <> all ($1) order by name`,
    [notOfTheSession],
  );
  return rows.map((row) => [row.name, otherValue(row)]);
}

/** Runs the statements of an application's for this identity, in one transaction that is kept. */
export async function leave(db: Database, identity: TenantIdentity, statements: string[]): Promise<void> {
  await db.withTenant(identity, async (tx) => {
    for (const text of statements) await tx.sql(text);
  });
}

export type Found = { pid: number; rows: Record<string, unknown>[] };

/** What the next transaction finds on the connection, beneath what is set for that transaction alone. */
export async function find(db: Database, identity: TenantIdentity, text: string): Promise<Found> {
  return db.withTenant(identity, async (tx) => {
    await tx.sql('commit and chain');
    const { pid } = only(await tx.sql<{ pid: number }>('select pg_backend_pid() as pid'));
    return { pid, rows: await tx.sql(text) };
  });
}

/** While it runs, connections are handed on as they are: the proof that a test would notice. */
export async function withoutCleaning<T>(t: Test, work: () => Promise<T>): Promise<T> {
  const { query } = pg.Client.prototype;
  let count = 0;
  const instead = function (this: pg.Client, config: pg.QueryConfig, ...rest: unknown[]) {
    const isCleaning = /^(discard all|select pg_catalog\.setseed)/.test(config.text);
    if (isCleaning) count += 1;
    return Reflect.apply(query, this, [isCleaning ? { ...config, text: 'select' } : config, ...rest]);
  };
  pg.Client.prototype.query = instead as typeof query;
  try {
    return await work();
  } finally {
    pg.Client.prototype.query = query;
    t.ok(count > 0, 'cleaning was taken out');
  }
}
